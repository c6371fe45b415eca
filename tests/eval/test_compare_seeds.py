"""The review of the full case reports against the national documents, where the reports are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.compare import material
from ingest.read import read_source
from search.compare import Material, compare, from_source
from search.embedding import load_embedder

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
METHOD = "国家-督导评估办法-2017.pdf"
OPINION = "国家-优质均衡服务体系意见-2023.md"


@pytest.fixture(scope="module")
def reports() -> list[Material]:
    if not SEEDS.is_dir():
        pytest.skip(f"没有案例原文（{SEEDS}）：跳过")
    return [m for path in sorted(SEEDS.glob("*.txt")) for m in from_source(read_source(path, path.name))]


@pytest.mark.parametrize(
    ("place", "reference", "norm", "value", "verdict"),
    [
        ("济源示范区", METHOD, "20%", "12%", "unmet"),
        ("福建厦门", METHOD, "5%", "5%", "met"),
        ("江苏省", OPINION, "到2035年", "到2030年", "earlier"),
        ("天津市", METHOD, "20%", "50%以上", "met"),
        ("天津市", OPINION, "到2035年", "到2028年", "earlier"),
        ("云南省", METHOD, "85%", "89.27%", "met"),
        ("浙江省宁波市", METHOD, "50%", "超60%", "met"),
    ],
)
def test_a_figure_of_a_report_gets_its_verdict(
    reports: list[Material], place: str, reference: str, norm: str, value: str, verdict: str
) -> None:
    local = next(m for m in reports if m.document.title.startswith(place))
    results = compare(local, [material(reference)], embedder=load_embedder()).results
    found = {(n.reference.fact.surface, n.local.fact.surface): n.verdict for r in results for n in r.numbers}
    assert found.get((norm, value)) == verdict


def test_headcounts_are_not_taken_for_norms(reports: list[Material]) -> None:
    """127万 pupils who were trained are no answer to the funding of schools with fewer than 100."""
    local = next(m for m in reports if m.document.title.startswith("云南省"))
    results = compare(local, [material(METHOD)], embedder=load_embedder()).results
    assert not any(n.local.fact.surface == "127万人" for r in results for n in r.numbers)
