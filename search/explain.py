"""Why a hit stands where it stands, in words: what each feature added to its score."""

from __future__ import annotations

from dataclasses import dataclass

from search.hits import Hit

_NAMES = {
    "text": "正文用词",
    "heading": "标题用词",
    "document": "全文主题",
    "semantic": "意思相近",
    "proximity": "词语靠近",
    "role": "段落位置",
}
_ROLES = {"contents": "目录", "attachment": "附件", "table": "表格", "preface": "前言"}
_WORDS_SHOWN = 6
_NOTHING = 0.0005  # points that show as 0.000


@dataclass(frozen=True, slots=True)
class Reason:
    """One feature's part in a score: its name, the points that it added or took, and what that means."""

    name: str
    points: float
    text: str


def explain(hit: Hit) -> tuple[Reason, ...]:
    """The parts of the score of a hit, the largest first; they add up to the score."""
    reasons = [
        Reason(_NAMES.get(feature, feature), points, _text(feature, hit, points))
        for feature, points in hit.explanation.items()
        if abs(points) >= _NOTHING or feature in ("text", "semantic")
    ]
    return tuple(sorted(reasons, key=lambda reason: -abs(reason.points)))


def _text(feature: str, hit: Hit, points: float) -> str:
    if feature == "text":
        words = "".join(f"“{word}”" for word in hit.matched[:_WORDS_SHOWN])
        if words:
            return f"段落里有{words}"
        return "段落里只有问题的零散字词" if points >= _NOTHING else "段落里没有问题的用词"
    if feature == "semantic":
        alike = f"与问题的语义相似度 {hit.semantic:.2f}（最高为 1）"
        return alike if points else f"{alike}；字词已经找全，不另加分"
    if feature == "role":
        return f"这一段在{_ROLES.get(hit.role, '非正文部分')}里，往后排"
    return {
        "heading": "所在的标题与问题的用词相合",
        "document": "整篇文献谈这件事较多",
        "proximity": "问题里的词在段落中挨得近",
    }.get(feature, "")
