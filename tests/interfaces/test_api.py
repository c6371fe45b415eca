"""The workbench's endpoints for programs, called by Gradio's own client, and the page that documents them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from interfaces.workspace import Workspace
from tests.interfaces.serving import served

PAGE = Path(__file__).parent.parent.parent / "docs" / "api.md"


@pytest.fixture(scope="module")
def client(sample_folder: Path) -> Iterator[Client]:
    with Workspace(sample_folder) as workspace, served(workspace) as address:
        yield Client(address, verbose=False)


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
