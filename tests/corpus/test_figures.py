"""Every figure of a report stands in its digest, or is left out for a reason that is written here."""

import re

import pytest

from tests.corpus.reading import CORPUS, SEEDS, squeeze, text_of

# How each case of the collection of eleven begins; only used to find its figures.
CASES = {
    "案例-北京市西城区.md": "作为首都",
    "案例-天津市.md": "天津市深入",
    "案例-包头市.txt": "内蒙古包头市以",
    "案例-江苏省.md": "近年来,江苏省",
    "案例-宁波市.md": "宁波市深入",
    "案例-杭州市上城区.txt": "杭州市上城区教育局",
    "案例-贵州省.html": "从2018年",
    "案例-云南省.md": "云南省坚持",
    "案例-拉萨北京实验中学.txt": "教育人才“组团式”",
    "案例-兵团第十二师.md": "十二师紧紧",
    "案例-华山中学.docx": "新疆生产建设兵团第二师",
}
REPORTS = {
    "案例-保定市.md": "000",
    "案例-济源示范区.txt": "001",
    "规划解读-迁西县.html": "003",
    "案例-厦门市.md": "004",
}
OMITTED = {
    "案例-保定市.md": {
        "2024": "网页横幅中的大赛名称",
        "2日": "新生报到的一天",
        "1日": "开学的一天",
    },
    "规划解读-迁西县.html": {
        "84371700": "传真",
        "0315": "电话区号",
        "5612660": "电话",
        "12020669号": "备案号",
        "1302270001": "网站标识码",
    },
    "案例-厦门市.md": {"9个": "杂志本期的案例数"},
}
# a comparator before, the number, its multiplier and its 余/多, the unit's first character
FIGURE = re.compile(
    r"(?:近|超|约|不少于|不低于|至少)?\d+(?:\.\d+)?[万亿千百]?[余多近]?[%个人名所家年月日元节次条项间套号班]?"
)
SAME = str.maketrans("，。（）：；％︰—", "  ():;%:-")


def figures(text):
    """The figures of a text, without the numbers of its headings and the commas of thousands."""
    text = re.sub(r"(?m)^\s*\d\.(?!\d)|(?<=\d),(?=\d{3})", "", text)
    return FIGURE.findall(squeeze(text).translate(SAME))


def seed(number):
    found = sorted(SEEDS.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip("没有 ../shared/seeds，不核对数字")
    return found[0].read_text(encoding="utf-8")


def case_text(name):
    collection = seed("002")
    names = list(CASES)
    start = collection.index(CASES[name])
    after = names.index(name) + 1
    end = "〔本报告" if after == len(names) else CASES[names[after]]
    return collection[start : collection.index(end, start)]


def missing_figures(name, original):
    digest = squeeze(text_of(CORPUS / name)).translate(SAME)
    omitted = OMITTED.get(name, {})
    return [f for f in figures(original) if not stands_in(f, digest) and f not in omitted]


def stands_in(figure, digest):
    """As a whole: 5% doesn't stand in 95%, nor 20 in 2017."""
    after = r"(?!\.?\d)" if figure[-1].isdigit() else ""
    return re.search(rf"(?<!\d)(?<!\d\.){re.escape(figure)}{after}", digest) is not None


@pytest.mark.parametrize("name", REPORTS)
def test_digest_of_a_report_keeps_every_figure(name):
    assert missing_figures(name, seed(REPORTS[name])) == []


@pytest.mark.parametrize("name", CASES)
def test_digest_of_a_case_keeps_every_figure(name):
    assert missing_figures(name, case_text(name)) == []


def test_a_changed_figure_would_be_noticed():
    assert missing_figures("案例-江苏省.md", "达标率提高到84%，通过评估33个。") == ["84%", "33个"]
    assert missing_figures("案例-江苏省.md", "占0%以上，投入0亿元。") == ["0%", "0亿元"]
