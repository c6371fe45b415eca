"""The MCP server, spoken to by the official client over stdin and stdout."""

import asyncio
import importlib.util
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp", reason="没有安装 mcp：跳过 MCP 测试")

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.shared.memory import create_connected_server_and_client_session
from mcp.types import CallToolResult

from interfaces import mcp as server
from interfaces.workspace import Workspace

ROOT = Path(__file__).parent.parent.parent


def within(workspace: Workspace, talk: Callable[[ClientSession], Awaitable[Any]]) -> Any:
    """What the official client hears from a server in this process."""

    async def run() -> Any:
        async with create_connected_server_and_client_session(server.build(workspace)) as session:
            return await talk(session)

    return asyncio.run(run())


def call(workspace: Workspace, tool: str, **arguments: Any) -> CallToolResult:
    result: CallToolResult = within(workspace, lambda session: session.call_tool(tool, arguments))
    return result


def records(result: CallToolResult) -> Any:
    assert not result.isError, result.content
    assert result.structuredContent == json.loads(result.content[0].text)  # type: ignore[union-attr]
    return result.structuredContent


def test_the_tools_are_listed_with_chinese_descriptions(sample: Workspace) -> None:
    tools = within(sample, lambda session: session.list_tools()).tools
    assert {tool.name for tool in tools} == {
        "search", "ask", "facts", "table", "compare", "documents", "show",
    }  # fmt: skip
    for tool in tools:
        assert tool.annotations.readOnlyHint
        for text in (tool.description, *(p["description"] for p in tool.inputSchema["properties"].values())):
            assert any("\u4e00" <= letter <= "\u9fff" for letter in text), text


def test_a_quote_is_what_stands_in_the_source(sample: Workspace) -> None:
    found = records(call(sample, "search", query="教师交流轮岗", count=5, regions=["厦门市"]))["records"]
    assert found
    for hit in found:
        assert hit["region"]["name"].startswith("福建省厦门市")
        shown = records(call(sample, "show", document=hit["document"], start=hit["start"], end=hit["end"]))
        assert shown["text"] == hit["quote"]


def test_a_question_is_answered_with_citations_and_refused_without_support(sample: Workspace) -> None:
    answer = records(call(sample, "ask", question="厦门市“名校跨岛”战略行动是怎么做的？"))
    assert answer["answered"] and answer["citations"]
    refused = records(call(sample, "ask", question="成都市集团化办学怎么做？"))
    assert not refused["answered"] and "成都" in refused["answer"]


def test_facts_and_table_give_numbers_with_their_sentences(sample: Workspace) -> None:
    facts = records(call(sample, "facts", indicator="骨干教师", regions=["济源市"]))["records"]
    assert any(fact["surface"] == "12%" and "12%" in fact["quote"] for fact in facts)
    rows = records(call(sample, "table", indicators=["骨干教师占比"]))["records"]
    assert any(row["region"]["name"] == "河南省济源市" for row in rows)


def test_a_document_is_reviewed_against_another(sample: Workspace) -> None:
    local = records(call(sample, "documents", title="济源"))["records"][0]
    reference = records(call(sample, "documents", title="督导评估办法"))["records"][0]
    review = records(call(sample, "compare", local=local["id"], references=[reference["id"]]))
    assert [item["id"] for item in review["references"]] == [reference["id"]]
    verdicts = {
        (n["reference"]["surface"], n["local"]["surface"]): n["verdict"]
        for clause in review["clauses"]
        for n in clause["numbers"]
    }
    assert verdicts[("20%", "12%")] == "unmet"


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("search", {"query": "教师", "regions": ["不存在的县"]}, "不存在的县"),
        ("search", {"query": "教师", "levels": ["乡级"]}, "乡级"),
        ("search", {"query": "教师", "count": 0}, "条数"),
        ("show", {"document": "没有这篇"}, "没有这篇"),
        ("table", {"indicators": []}, "指标"),
    ],
)
def test_what_cannot_be_done_is_said_in_chinese(
    sample: Workspace, tool: str, arguments: dict[str, Any], said: str
) -> None:
    result = call(sample, tool, **arguments)
    assert result.isError
    text = result.content[0].text  # type: ignore[union-attr]
    assert said in text and "Error" not in text


def test_the_server_speaks_over_stdin_and_stdout(sample_folder: Path) -> None:
    started = StdioServerParameters(
        command=sys.executable,
        args=["-m", "interfaces.cli", "--kb", str(sample_folder), "mcp"],
        cwd=str(ROOT),
    )

    async def talk() -> Any:
        async with stdio_client(started) as (read, write), ClientSession(read, write) as session:
            await session.initialize()
            return await session.call_tool("documents", {"levels": ["国家"]})

    found = records(asyncio.run(talk()))["records"]
    assert found and {item["level"] for item in found} == {"national"}


def test_without_the_package_the_command_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == "mcp" else find(name, *rest)
    )
    from interfaces.cli.mcp import mcp as command
    from kb.errors import PolicyKBError

    with pytest.raises(PolicyKBError, match=r"policykb\[mcp\]"):
        command.main([], obj=tmp_path, standalone_mode=False)
