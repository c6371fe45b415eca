from pathlib import Path

import pytest

from ingest.discover import discover, ignored
from kb.errors import UnreadableSource


def names(*paths: Path) -> list[str]:
    return [item.relative for item in discover(paths)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.txt", "下级/方案.md", ".hidden.txt", "~$方案.docx", "图.png", "说明/README.md"):
        path = tmp_path / "文件" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("一、总则", encoding="utf-8")
    return tmp_path / "文件"


def test_a_folder_gives_its_readable_files_in_order(folder: Path) -> None:
    assert names(folder) == ["a.txt", "b.txt", "下级/方案.md", "说明/README.md"]


def test_patterns_of_the_ignore_file_are_left_out(folder: Path) -> None:
    (folder / ".policykbignore").write_text("# 不读的\n说明/\nb.*\n", encoding="utf-8")
    assert names(folder) == ["a.txt", "下级/方案.md"]


def test_a_named_file_is_given_whatever_it_is(folder: Path) -> None:
    assert names(folder / "图.png") == ["图.png"]


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "外面.txt"
    secret.write_text("机密", encoding="utf-8")
    (folder / "链接.txt").symlink_to(secret)
    assert "链接.txt" not in names(folder)


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"没有这个\.txt"):
        names(tmp_path / "没有这个.txt")


def test_a_pattern_matches_the_path_or_the_last_name() -> None:
    assert ignored("a/b/README.md", ("README.md",))
    assert ignored("sources/", ("sources/",))
    assert not ignored("sources.txt", ("sources/",))
