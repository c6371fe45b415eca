"""The README's commands are run, and what it names exists."""

import re
import shlex
from pathlib import Path

import pytest

from interfaces.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.strip()
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.strip()
]


def test_both_commands_are_targets_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("run", "test"):
        assert f"make {target}" in COMMANDS
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_commands_without_make_are_those_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    plain = [command for command in COMMANDS if command.startswith(".venv/bin/python")]
    for tool in ("ruff check .", "ruff format --check .", "mypy", "pytest"):
        assert any(command.endswith(tool) for command in plain)
        assert tool in makefile
    assert all("-c constraints.txt" in command for command in plain if "pip install" in command)


def test_the_continuous_check_calls_the_same_test_command() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("policykb")])
def test_the_commands_of_the_readme_run(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "我的文件夹"
    folder.mkdir()
    text = "浙江省杭州市教师交流轮岗情况\n杭州市推进教师交流轮岗，2024年交流教师1200人。"
    (folder / "报告.txt").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["ingest", str(folder)]) == 0
    assert main(shlex.split(command)[1:]) == 0
    assert capsys.readouterr().out


def test_every_file_that_the_readme_links_exists() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_front_matter_of_the_readme_is_read(tmp_path: Path) -> None:
    from interfaces.workspace import Workspace

    (block,) = re.findall(r"```\n(---\ntitle:.*?---)\n```", README, re.DOTALL)
    file = tmp_path / "方案.md"
    file.write_text(f"{block}\n\n一、总体要求\n到2027年，全县小学学位增加3000个。", encoding="utf-8")
    with Workspace(tmp_path / "kb") as workspace:
        workspace.ingest([file])
        (document,) = workspace.store.documents()
    assert (document.region_code, document.number, document.kind) == ("130227", "迁政〔2025〕1号", "方案")
    assert document.published == "2025-03-01"
