"""Damage: numbers that copying destroyed, wording that a spinner left."""

from itertools import pairwise

import pytest

from tests.ingest.fixtures.cleaned import cleaned


def damage(text):
    result = cleaned(text)
    return [(d.kind, result.shadow.text[d.start : d.end]) for d in result.damage]


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("与15个地区开展教师交流，线余位名师名校长送教。", "线余位"),
        ("累计培训教师3000多人次，单次培训在线余人，惠及师生。", "在线余人"),
        ("每年开展线余名骨干教师送教。", "线余名"),
        ("共享示范课914节、线门，实现共享。", "线门"),
        ("先后培训校长余名。", "长余名"),
        ("覆盖率达到%，比上年提高3个百分点。", "达到%"),
        ("全年投入增长%。", "增长%"),
    ],
)
def test_a_number_that_is_gone_is_marked(text, lost):
    assert damage(text) == [("number", lost)]


@pytest.mark.parametrize(
    "text",
    [
        "核增200余个专项编制，近300余人次受益，13万余个学位，十余项培训，数百余名教师，十年余个月。",
        "其余人员剩余名额业余门类结余项目富余位次新余人。",
        "一线名师、线上30余位专家、线下12门课程，18000人余次。",
        "覆盖率达到92%，增长8%，占比达三成。",
        "学习关于教育的重要论述，复习新时代内容。",
        "他反映了真实的情况，薪资收入有所提高。",
    ],
)
def test_intact_text_is_not_marked(text):
    assert damage(text) == []


def test_spun_wording_is_marked_strong_always_and_weak_in_company():
    assert damage("深入学习贯彻习关于教育的重要论述。") == [("wording", "习")]
    assert damage("坚持以习新时代思想为指导，全方面推进工作。") == [("wording", "习"), ("wording", "全方面")]
    assert damage("全方面推进工作。") == []
    assert len(damage("全方面推进，充分的发挥作用，积极地推进，不断的提高，热情参加。")) == 5


def test_damage_lies_in_order_and_apart():
    result = cleaned("线余位名师，习关于教育，达到%，线余人，习新时代。\ufffd\ufffd的一句话。")
    spans = [(d.start, d.end) for d in result.damage]
    assert spans == sorted(spans) and len(spans) == 6
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
