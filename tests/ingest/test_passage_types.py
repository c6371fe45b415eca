from dataclasses import dataclass

import pytest

from ingest.facts.passage_types import types_of


@dataclass
class Kind:
    kind: str


@pytest.mark.parametrize(
    ("text", "kinds", "expected"),
    [
        ("到2027年,基本建成高质量教育体系。", [], ("target",)),
        ("加强教师队伍建设,深化县管校聘管理改革。", [], ("measure",)),
        ("全市现有学校442所。", ["achieved"], ("number",)),
        ("推进集团化办学,到2025年培育30个教育集团。", ["target"], ("target", "measure", "number")),
        ("随着经济社会不断发展,群众对教育的期盼更高。", [], ("background",)),
        ("各位代表!", [], ("background",)),
    ],
)
def test_a_passage_is_typed_by_what_it_holds(text, kinds, expected):
    assert types_of(text, [Kind(k) for k in kinds]) == expected


def test_every_passage_has_a_type():
    assert types_of("") == ("background",)
