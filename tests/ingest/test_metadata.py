"""What a document says about itself, and where each field was read."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.cases import split_cases
from ingest.metadata import Metadata, read_metadata
from ingest.metadata.dates import find_dates, parse_date, years_after
from ingest.metadata.titles import clean_title, kind_of
from tests.ingest.layouts.builder import loaded, plain_clean

PROSE = "各县区要把这项工作列入重要议事日程，明确责任分工，细化工作举措，确保按期完成并取得实效。"
TODAY = date(2025, 6, 30)


def read(text: str, origin: str = "front_matter", **metadata: str) -> Metadata:
    source = plain_clean(loaded(text, metadata=metadata, origin=origin))
    return read_metadata(source, split_cases(source)[0], today=TODAY)


NOTICE = (
    "青岩县人民政府办公室文件\n青政办发〔2023〕12号\n青岩县人民政府办公室\n"
    "关于印发义务教育保障办法的通知\n各乡镇人民政府：\n现印发给你们。\n"
    "青岩县人民政府办公室\n二〇二三年五月八日\n（此件公开发布）\n义务教育保障办法\n"
    "第一条　为保障义务教育，制定本办法。\n第二条　本办法适用于本县。\n"
    "第三条　本办法自2023年7月1日起施行，有效期5年。《青岩县义务教育暂行办法》（青政办发〔2018〕3号）同时废止。\n"
    "青岩县人民政府办公室　2023年5月10日印发\n"
)


def test_a_notice_tells_who_when_and_what() -> None:
    found = read(NOTICE)
    assert found.title == "青岩县人民政府办公室关于印发义务教育保障办法的通知"
    assert found.kind == "通知"
    assert found.issuer == "青岩县人民政府办公室"
    assert found.number == "青政办发〔2023〕12号"
    assert found.published == "2023-05-08"
    assert found.issued == "2023-05-10"
    assert found.effective_from == "2023-07-01"
    assert found.expires == "2028-07-01"
    assert found.status == "effective"
    assert found.repeals == ("青岩县义务教育暂行办法", "青政办发〔2018〕3号")


def test_every_filled_field_says_where_it_was_read() -> None:
    found = read(NOTICE)
    assert {name: evidence.origin for name, evidence in found.evidence.items()} == {
        "title": "text",
        "kind": "text",
        "issuer": "signature",
        "number": "text",
        "published": "signature",
        "issued": "printing",
        "effective_from": "text",
        "expires": "text",
        "status": "text",
        "repeals": "text",
    }
    for evidence in found.evidence.values():
        assert NOTICE[evidence.start :].startswith(evidence.quote)


def test_front_matter_comes_first() -> None:
    found = read(
        NOTICE,
        title="青岩县办法（摘编）",
        issuer="青岩县人民政府",
        published="2023-05-09",
        kind="办法",
        level="county",
        status="已废止",
        digest_of="原文",
    )
    assert (found.title, found.issuer, found.published) == (
        "青岩县办法（摘编）",
        "青岩县人民政府",
        "2023-05-09",
    )
    assert (found.kind, found.level, found.status, found.digest_of) == ("办法", "county", "repealed", "原文")
    assert found.evidence["title"].origin == "front_matter"


def test_labels_at_the_head_of_the_text_are_read() -> None:
    text = (
        "学校管理办法（摘编）\n地区：青岩县\n发文机关：青岩县教育局\n文号：青教发[2024] 3号\n"
        f"成文日期：2024-05-06\n说明：本文是摘编。\n{PROSE}\n"
    )
    found = read(text)
    assert (found.title, found.issuer, found.number) == (
        "学校管理办法（摘编）",
        "青岩县教育局",
        "青教发〔2024〕3号",
    )
    assert (found.region, found.published, found.digest_of) == ("青岩县", "2024-05-06", "本文是摘编。")
    assert found.evidence["issuer"].quote == "发文机关：青岩县教育局"


def test_one_label_alone_is_text() -> None:
    assert read(f"管理办法\n来源：县教育局网站和有关材料汇总。\n{PROSE}\n").issuer == ""


def test_page_metadata_comes_after_the_text() -> None:
    found = read(
        NOTICE, origin="html_meta", title="义务教育保障办法 - 青岩县人民政府门户网站", published="2023-06-01"
    )
    assert found.title == "青岩县人民政府办公室关于印发义务教育保障办法的通知"
    assert found.published == "2023-05-08"
    assert (
        read(PROSE, origin="html_meta", title="义务教育保障办法 - 青岩县人民政府门户网站").title
        == "义务教育保障办法"
    )


def test_nothing_is_guessed() -> None:
    found = read(f"{PROSE}\n{PROSE}\n")
    assert (found.kind, found.issuer, found.number, found.published, found.level) == ("", "", "", "", "")
    assert found.status == "unknown"
    assert found.evidence["title"].origin == "opening"


def test_a_report_speaks_for_the_government_of_its_congress() -> None:
    text = (
        "政府工作报告\n——2026年1月26日在广东省第十四届人民代表大会第五次会议上\n省长　某某\n各位代表：\n"
        f"现在，我代表省人民政府，向大会报告工作。\n一、回顾\n{PROSE}\n"
    )
    found = read(text)
    assert (found.issuer, found.published, found.kind) == ("广东省人民政府", "2026-01-26", "报告")


def test_an_order_is_the_regulation_that_it_publishes() -> None:
    text = (
        "中华人民共和国国务院令\n第706号\n现公布《专利代理条例》，自2019年3月1日起施行。\n总理　某某\n"
        "2018年11月6日\n专利代理条例\n（1991年3月4日国务院令第76号发布　2018年9月6日修订通过）\n"
        f"第一条　{PROSE}\n第二条　{PROSE}\n第三条　{PROSE}\n"
    )
    found = read(text)
    assert (found.title, found.kind, found.issuer) == ("专利代理条例", "条例", "国务院")
    assert (found.number, found.published) == ("中华人民共和国国务院令第706号", "2018-11-06")


def test_several_bodies_sign_one_document() -> None:
    text = f"关于做好工作的通知\n各单位：\n{PROSE}\n青岩县教育局　青岩县财政局\n（青岩县人民政府代章）\n2024年3月5日\n"
    assert read(text).issuer == "青岩县教育局、青岩县财政局"


def test_the_title_names_the_issuer_where_nobody_signs() -> None:
    assert read(f"青岩县教育局关于做好招生工作的通知\n{PROSE}\n").issuer == "青岩县教育局"
    assert read(f"进一步关于做好招生工作的通知\n{PROSE}\n").issuer == ""


@pytest.mark.parametrize(
    ("sentence", "force", "expires", "status"),
    [
        ("本办法自2026年1月1日起施行。", "2026-01-01", "", "not_yet_effective"),
        ("本通知自印发之日起执行，有效期3年。", "2020-05-06", "2023-05-06", "repealed"),
        ("本意见有效期至2026年12月31日。", "", "2026-12-31", "effective"),
        ("新规定自5月起施行。", "", "", "unknown"),
    ],
)
def test_validity(sentence: str, force: str, expires: str, status: str) -> None:
    found = read(f"关于做好工作的通知\n各单位：\n{PROSE}{sentence}\n青岩县教育局\n2020年5月6日\n")
    assert (found.effective_from, found.expires, found.status) == (force, expires, status)


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("《甲办法》（青政发〔2018〕3号）、《乙办法》同时废止。", ("甲办法", "青政发〔2018〕3号", "乙办法")),
        ("根据《丙条例》制定的本办法自2024年1月1日起施行，《丁规定》同时废止。", ("丁规定",)),
        ("县人民政府决定废止《戊办法》等文件。", ("戊办法",)),
        ("《己规划》要求废止落后产能。", ()),
    ],
)
def test_repeals(sentence: str, named: tuple[str, ...]) -> None:
    assert read(f"关于做好工作的通知\n各单位：\n{sentence}\n青岩县教育局\n2020年5月6日\n").repeals == named


def test_news_tells_of_others() -> None:
    text = f"新办法实施\n本报讯（记者某某）新办法自2024年1月1日起施行，《旧办法》同时废止。{PROSE}\n"
    found = read(text)
    assert (found.kind, found.effective_from, found.repeals) == ("新闻", "", ())


def test_cases_of_a_collection_have_their_own_fields() -> None:
    text = f"典型案例\n案例一\n江苏省：规划先行\n{PROSE}{PROSE}\n案例二\n贵州省：以评促建\n{PROSE}{PROSE}\n"
    source = plain_clean(loaded(text, metadata={"title": "全书", "issuer": "编委会"}))
    found = [read_metadata(source, draft) for draft in split_cases(source)]
    assert [one.title for one in found] == ["江苏省：规划先行", "贵州省：以评促建"]
    assert [one.kind for one in found] == ["案例", "案例"]
    assert [one.issuer for one in found] == ["", ""]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于促进就业的若干意见", "意见"),
        ("学校管理办法（试行）", "办法"),
        ("“数据要素×”实施方案（2024—2026年）", "方案"),
        ("“十四五”教育发展规划", "规划"),
        ("关于印发《实施方案》的通知", "通知"),
        ("2026年政府工作报告", "报告"),
        ("中华人民共和国教育法", "法律"),
        ("学校办学做法", ""),
        ("一图读懂教育规划", "解读"),
        ("关于公开征求《办法（征求意见稿）》意见的公告", "征求意见稿"),
        ("关于同意设立学校的批复", "批复"),
        ("关于有关问题的复函", "函"),
        ("山乡办起周末课堂", ""),
    ],
)
def test_kinds(title: str, kind: str) -> None:
    assert kind_of(title) == kind


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2021年7月30日", "2021-07-30"),
        ("二〇〇四年十月十五日", "2004-10-15"),
        ("一九九六年二月五日", "1996-02-05"),
        ("二○二五年三月二十三日", "2025-03-23"),
        ("2024-04-05", "2024-04-05"),
        ("2021/12/6", "2021-12-06"),
        ("2024 年 5 月", "2024-05"),
        ("2024年13月1日", ""),
        ("2024", "2024"),
        ("第2024号", ""),
    ],
)
def test_dates(text: str, iso: str) -> None:
    assert parse_date(text) == iso


def test_dates_of_a_text_come_in_order() -> None:
    assert [iso for _, _, iso in find_dates("2021-01-02发布，2020年3月4日通过")] == [
        "2021-01-02",
        "2020-03-04",
    ]
    assert years_after("2020-02-29", 5) == "2025-02-28"


def test_titles_lose_what_a_site_puts_around_them() -> None:
    assert clean_title("福建厦门：推进优质均衡发展 | 关注") == "福建厦门：推进优质均衡发展"
    assert clean_title("【文件】关于做好 工作的通知 - 青岩县人民政府") == "关于做好 工作的通知"
