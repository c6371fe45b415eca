"""The examination of a library as a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.model import STATUS_NAMES, Document
from search.checkup import Finding, Item
from search.export.workbook import Cell, Sheet, Workbook, region_name

_HEAD = ("文献编号", "标题", "地区", "日期", "时效", "来源文件", "说明", "怎么办")


def checkup_workbook(findings: Sequence[Finding], documents: Mapping[str, Document]) -> Workbook:
    """A sheet with the counts, and one for each thing that is the matter."""
    counts = tuple((finding.label, len(finding.items), finding.remedy) for finding in findings)
    sheets = [Sheet("汇总", ("项目", "数量", "怎么办"), counts)]
    sheets += [
        Sheet(
            finding.label.split("（")[0],
            _HEAD,
            tuple(_row(item, finding, documents) for item in finding.items),
        )
        for finding in findings
        if finding.items
    ]
    return Workbook("知识库体检", tuple(sheets))


def _row(item: Item, finding: Finding, documents: Mapping[str, Document]) -> tuple[Cell, ...]:
    document = documents.get(item.document)
    about: tuple[Cell, ...] = (None, None, None)
    if document is not None:
        date = document.published or document.issued
        about = (region_name(document.region_code), date, STATUS_NAMES[document.status])
    return (item.document or None, item.title, *about, item.source, item.detail, finding.remedy)
