"""The workbench's endpoints for programs, called by Gradio's own client, and the page that documents them."""

import base64
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import docx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from interfaces.workspace import Workspace
from kb.settings import Settings
from tests.interfaces.serving import served
from tests.search.draft_server import scripted

PAGE = Path(__file__).parent.parent.parent / "docs" / "api.md"


@pytest.fixture(scope="module")
def client(address: str) -> Client:
    return Client(address, verbose=False)


def examples(language: str) -> list[str]:
    """The examples of the HTTP part of the page, in one language."""
    http = PAGE.read_text("utf-8").split("## MCP")[0]
    return re.findall(rf"```{language}\n(.*?)```", http, re.DOTALL)


def endpoints(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    return found


def test_the_endpoints_are_those_that_are_documented(client: Client) -> None:
    documented = {
        name: set(re.findall(r"`(\w+)`", parameters))
        for name, parameters in re.findall(r"^\| `(/\w+)` \| ([^|]*) \|", PAGE.read_text("utf-8"), re.M)
    }
    there = {
        name: {parameter["parameter_name"] for parameter in info["parameters"]}
        for name, info in endpoints(client).items()
    }
    assert there == documented


def test_a_hit_is_found_and_shown_where_it_stands(client: Client) -> None:
    hit = client.predict(query="教师交流轮岗", count=1, regions=["厦门市"], api_name="/search")[0]
    assert hit["region"] == {"code": "350200", "name": "福建省厦门市"}
    shown = client.predict(document=hit["document"], start=hit["start"], end=hit["end"], api_name="/show")
    assert shown["text"] == hit["quote"]


def test_a_plan_is_reviewed(client: Client) -> None:
    plan = client.predict(title="济源", api_name="/documents")[0]
    reference = client.predict(title="督导评估办法", api_name="/documents")[0]
    review = client.predict(local=plan["id"], references=[reference["id"]], api_name="/compare")
    verdicts = {
        (n["reference"]["surface"], n["local"]["surface"]): n["verdict"]
        for clause in review["clauses"]
        for n in clause["numbers"]
    }
    assert verdicts[("20%", "12%")] == "unmet"


def test_cases_come_with_exact_quotes(client: Client) -> None:
    cards = client.predict(topic="找两个教师交流轮岗的案例", api_name="/cases")
    assert len(cards) == 2
    assert all(quote["exact"] and quote["citation"] for card in cards for quote in card["quotes"])


def test_what_cannot_be_done_is_said_in_chinese(client: Client) -> None:
    with pytest.raises(AppError, match="不存在的县"):
        client.predict(query="教师", regions=["不存在的县"], api_name="/search")


def test_the_python_examples_of_the_page_run(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code = "\n".join(examples("python")).replace("http://127.0.0.1:7860", address)
    exec(compile(code, "docs/api.md", "exec"), {})
    said = capsys.readouterr().out
    assert "福建省厦门市" in said and "unmet" in said and "新增" in said
    (written,) = tmp_path.glob("*.docx")
    assert any("济源" in paragraph.text for paragraph in docx.Document(str(written)).paragraphs)


@pytest.mark.skipif(shutil.which("curl") is None, reason="没有 curl：跳过 curl 示例")
def test_the_curl_example_of_the_page_runs(address: str) -> None:
    (script,) = examples("bash")
    said = subprocess.run(
        ["bash", "-c", script.replace("http://127.0.0.1:7860", address)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout
    data = re.search(r"^event: complete\ndata: (.*)$", said, re.MULTILINE)
    assert data is not None, said
    assert [hit["region"]["name"] for hit in json.loads(data[1])[0]] == ["福建省厦门市"] * 3


def test_a_clause_set_aside_by_a_program_is_aside_in_the_next_review(client: Client) -> None:
    plan = client.predict(title="济源", api_name="/documents")[0]["id"]
    reference = client.predict(title="督导评估办法", api_name="/documents")[0]["id"]
    before = client.predict(local=plan, references=[reference], api_name="/compare")
    key = before["clauses"][0]["clause"]["key"]
    client.predict(local=plan, clauses=[key], aside=True, api_name="/set_aside")
    after = client.predict(local=plan, references=[reference], api_name="/compare")
    assert [c["set_aside"] for c in after["clauses"][:2]] == [True, False]
    assert client.predict(local=plan, clauses=[key], aside=False, api_name="/set_aside")["set_aside"] == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"what": "slides"}, "slides"),
        ({"what": "versions", "documents": ["只有一份"]}, "两份"),
        ({"what": "cases", "topic": "教师交流轮岗", "suffix": ".pptx"}, "pptx"),
        ({"what": "cases", "topic": "教师交流轮岗", "suffix": "/../../x.docx"}, "扩展名"),
        ({"what": "table"}, "指标"),
    ],
)
def test_an_export_that_cannot_be_made_is_said(client: Client, asked: dict[str, Any], said: str) -> None:
    with pytest.raises(AppError, match=said):
        client.predict(**asked, api_name="/export")


def test_cases_and_tables_are_exported(client: Client) -> None:
    for asked in (
        {"what": "cases", "topic": "教师交流轮岗"},
        {"what": "table", "indicators": ["骨干教师占比"], "suffix": ".xlsx"},
    ):
        file = client.predict(**asked, api_name="/export")
        assert base64.b64decode(file["content"])[:2] == b"PK"


def test_without_an_endpoint_no_draft_is_made(client: Client) -> None:
    with pytest.raises(AppError, match="没有设置起草接口"):
        client.predict(question="厦门市“名校跨岛”战略行动是怎么做的？", api_name="/draft")


def test_a_draft_is_checked_before_it_is_given(sample_folder: Path, tmp_path: Path) -> None:
    with scripted() as (script, url):
        folder = tmp_path / "kb"
        shutil.copytree(sample_folder, folder)
        Settings(draft_base_url=url, draft_model="示例模型").save(folder)
        with Workspace(folder) as workspace, served(workspace) as address:
            client = Client(address, verbose=False)
            question = "厦门市“名校跨岛”战略行动是怎么做的？"
            first = client.predict(question=question, api_name="/ask")["citations"][0]
            held = f"{first['quote'].rstrip('。')}[{first['number']}]。"
            script.content = f"{held}全市达标率为99.9%[{first['number']}]。"
            draft = client.predict(question=question, api_name="/draft")
            assert draft["text"] == held
            assert draft["host"] in url
            assert [item["reason"] for item in draft["removed"]] == ["引文里没有“99.9%”这个数"]
            cases = client.predict(question="教师交流轮岗", from_cases=True, api_name="/draft")
            assert cases["sentences"] == [] and len(script.requests) == 2
