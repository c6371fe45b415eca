"""What a first visit sees: examples for each role, those that this library can answer; or what to do first."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise
from urllib.parse import urlencode

from interfaces.web import html
from interfaces.web.permalink import to_document
from interfaces.workspace import Workspace
from kb.errors import PolicyKBError
from kb.model import Document
from kb.store import Reader
from search.compare import default_references, from_library
from search.compare.clauses import clauses_of

_TRIED = 3  # local documents for which references are looked up

_HOW = "输入问题后回车。答案里的每一句都是原文，点句末的编号，右侧打开出处；资料里没有的，会直说没有。"
_HOW_TO_SEARCH = (
    "输入检索词或问题后回车。结果按相关程度排列，可以按地区、年份等缩小范围；↑ ↓ 键选段落，回车看原文。"
)


@dataclass(frozen=True, slots=True)
class Example:
    """Something to try: a question here, or a page with something in it.

    :ivar words: what the library must hold for it to make sense. :ivar region: a region it must have.
    :ivar query: the address of the page that does it; empty: it is asked as a question.
    """

    text: str
    words: str = ""
    region: str = ""
    query: str = ""


def _page(tab: str, **values: str) -> str:
    return f"?{urlencode({'tab': tab, **values})}"


_RESEARCH = (
    Example("各地集团化办学怎么做？", words="集团化办学"),
    Example("厦门市“名校跨岛”战略行动是怎么做的？", words="名校跨岛", region="350200"),
    Example("哪些地区开展了教师交流轮岗？", words="交流轮岗"),
    Example(
        "按地区看“教师交流轮岗”的材料",
        words="交流轮岗",
        query=_page("search", q="教师交流轮岗", group="region"),
    ),
)
_WRITING = (
    Example(
        "找三个教师交流轮岗的案例，要有数字",
        words="交流轮岗",
        query=_page("cases", q="找三个教师交流轮岗的案例，要有数字"),
    ),
    Example("收集“集团化办学”的案例", words="集团化办学", query=_page("cases", q="集团化办学")),
    Example("各地新增学位数对比", words="新增学位", query=_page("table", q="新增学位数")),
)
_REVIEWING = (
    Example("小学每百名学生应有多少名县级以上骨干教师？", words="每百名学生", region="100000"),
    Example("国家对教师交流轮岗的比例有什么要求？", words="交流轮岗", region="100000"),
)


class Welcome:
    """The page 问答 before anything was asked, of one library."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._plans: tuple[int, list[Example]] = (-1, [])  # of which state of the library

    def __call__(self) -> str:
        """Its HTML, of what the library holds now."""
        try:
            snapshot = self._workspace.library.snapshot()
            counts = snapshot.region_counts
        except PolicyKBError:
            return _empty()
        if not sum(counts.values()):
            return _empty()

        def fits(example: Example) -> bool:
            pairs = [a + b for a, b in pairwise(example.words)]
            held = not pairs or all(snapshot.lexicon.pair_frequencies(pairs))
            return held and (not example.region or bool(counts.get(example.region)))

        documents = self._workspace.store.documents()
        if self._plans[0] != snapshot.generation:
            self._plans = (snapshot.generation, _plans(snapshot.reader, documents))
        reviewing = [e for e in _REVIEWING if fits(e)] + self._plans[1]
        cards = (
            ("政策研究", "查各地做法、比各地数据", [e for e in _RESEARCH if fits(e)]),
            ("综合文稿", "找有出处的案例和数字", [e for e in _WRITING if fits(e)]),
            ("规划审核", "拿地方文件与上级要求对照", reviewing),
        )
        shown = "".join(_card(role, what, examples[:3]) for role, what, examples in cards if examples)
        if not shown:
            titles = [Example(f"阅读《{d.title}》", query=to_document(d.id)) for d in documents[:3]]
            shown = _card("从一篇文献开始", "看目录、数据和原文", titles)
        return html.notice(_HOW) + f'<div class="pk-roles">{shown}</div>'


def welcome_to_search(workspace: Workspace) -> str:
    """The page 检索 before anything was asked."""
    try:
        counts = workspace.library.snapshot().region_counts
    except PolicyKBError:
        return _empty()
    return html.notice(_HOW_TO_SEARCH) if sum(counts.values()) else _empty()


def _plans(reader: Reader, documents: list[Document]) -> list[Example]:
    """A local plan to be set against the national documents, where the library has some on its topic."""
    if not any(document.level == "national" for document in documents):
        return []
    local = [d for d in documents if d.level in ("county", "municipal")]
    # The fullest one has most to set against the reference.
    local.sort(key=lambda d: (d.start - d.end, d.source))
    for plan in local[:_TRIED]:
        references = default_references(reader, from_library(reader, plan.id))
        if any(found.document.level == "national" and clauses_of(found) for found in references):
            where = html.region_name(plan.region_code) if plan.region_code else f"《{plan.title}》"
            return [Example(f"对照国家要求审查{where}的材料", query=_page("review", doc=plan.id))]
    return []


def _empty() -> str:
    return (
        '<div class="pk-notice pk-empty" role="status">资料库还是空的。请到'
        '<a href="?tab=library">“资料库”页</a>把文件或文件夹拖进去（PDF、Word、网页、文本都可以），'
        "读完就能提问。</div>"
    )


def _card(role: str, what: str, examples: list[Example]) -> str:
    items = "".join(f"<li>{_link(example)}</li>" for example in examples)
    return (
        f'<section class="pk-role"><h4>{escape(role)}</h4><p class="pk-meta">{escape(what)}</p>'
        f"<ul>{items}</ul></section>"
    )


def _link(example: Example) -> str:
    if example.query:
        return f'<a href="{html.attribute(example.query)}">{escape(example.text)}</a>'
    return f'<button data-act="example" data-key="{html.attribute(example.text)}">{escape(example.text)}</button>'
