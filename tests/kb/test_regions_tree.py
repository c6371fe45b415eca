"""The tree: codes, levels, ways up and down, groups, and that the files behind it fit together."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import QueryError
from kb.regions import NATION, tree
from kb.regions.build_gazetteer import DATA, build, read_extra, stem

CODES = sorted(region.code for region in tree())


def test_full_names_are_the_path_from_the_province_down():
    regions = tree()
    assert regions.full_name("130606") == "河北省保定市莲池区"
    assert regions.full_name("110102") == "北京市西城区"
    assert regions.full_name("419001") == "河南省济源市"
    assert regions.full_name("659006") == "新疆维吾尔自治区铁门关市"
    assert regions.full_name("65B012") == "新疆维吾尔自治区新疆生产建设兵团第十二师"
    assert regions.full_name(NATION) == "全国"
    assert regions.full_name("") == ""


def test_units_under_a_province_itself_skip_the_level_between():
    regions = tree()
    assert regions.ancestors("429004") == ("420000", NATION)
    assert regions.ancestors("110102") == ("110000", NATION)
    assert regions.ancestors("500153") == ("500000", NATION)


def test_a_division_of_the_bingtuan_holds_its_city_which_stays_under_the_region():
    regions = tree()
    assert regions.contains("65B002", "659006")
    assert regions.contains("65B000", "659006")
    assert regions.get("659006").parent == "650000"
    assert regions.contains("13F001", "130629")


def test_levels_follow_the_rank_of_the_administration():
    regions = tree()
    assert regions.get("110000").level == "provincial"
    assert regions.get("330200").level == "municipal"
    assert regions.get("419001").level == "municipal"
    assert regions.get("429004").level == "county"
    assert regions.get(NATION).level == "national"


def test_siblings_share_parent_and_level():
    siblings = tree().siblings("210200")
    assert "210100" in siblings
    assert "210200" not in siblings
    assert "21F001" in siblings
    assert tree().siblings(NATION) == ()


def test_an_unknown_code_is_an_error_in_chinese():
    with pytest.raises(QueryError, match="没有代码为"):
        tree().get("999999")


def test_the_tree_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        tree().get("130600").name = "别的市"  # type: ignore[misc]
    with pytest.raises(TypeError):
        tree().groups["京津冀"] = None  # type: ignore[index]


@given(st.sampled_from(CODES))
def test_what_lies_above_holds_what_lies_below(code):
    regions = tree()
    assert code in regions.descendants(code)
    for above in regions.ancestors(code):
        assert regions.descendants(code) <= regions.descendants(above)
        assert regions.related(above, code)
        assert regions.related(code, above)
    assert all(regions.get(other).parent == regions.get(code).parent for other in regions.siblings(code))


def test_every_code_lies_under_its_province_and_the_country():
    regions = tree()
    assert len(CODES) > 3200
    for code in CODES:
        if code != NATION:
            assert regions.ancestors(code)[-1] == NATION
            assert (code, *regions.ancestors(code))[-2][:2] == code[:2]


def test_own_codes_never_look_like_official_ones():
    assert all(code.isdigit() or code[2].isalpha() for code in CODES)


def test_groups_name_regions_that_exist():
    regions = tree()
    groups = regions.groups
    assert set(groups["京津冀"].members) == {"110000", "120000", "130000"}
    assert set(groups["计划单列市"].members) == {"210200", "330200", "350200", "370200", "440300"}
    assert len(groups["副省级城市"].members) == 15
    assert len(groups["西部地区"].members) == 12
    for group in groups.values():
        assert len(set(group.members)) == len(group.members)
        assert all(code in regions for code in group.members)


def test_regions_of_the_whole_country_are_divided_without_rest():
    groups = tree().groups
    parts = [set(groups[name].members) for name in ("东部地区", "中部地区", "西部地区", "东北地区")]
    assert sum(map(len, parts)) == len(set().union(*parts)) == 31


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("凉山彝族自治州", "凉山"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("内蒙古自治区", "内蒙古"),
        ("东乡族自治县", "东乡"),
        ("和县", "和县"),
        ("北戴河区", "北戴河"),
    ],
)
def test_short_names_drop_level_and_peoples(name, short):
    assert stem(name) == short


def test_the_gazetteer_is_what_its_script_makes_of_the_hand_kept_facts():
    official = {
        region.code: region.name for region in tree() if region.code.isdigit() and region.code != NATION
    }
    rows = build(official, read_extra(DATA / "gazetteer_extra.tsv"))
    written = (DATA / "gazetteer.tsv").read_text(encoding="utf-8").splitlines()
    assert [row.line() for row in rows] == [line for line in written if not line.startswith("#")]
