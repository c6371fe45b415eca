"""HTML: a page laid out like a government site, with navigation, information table, side bar and footer."""

from __future__ import annotations

from html import escape
from pathlib import Path

from corpus.generators.source import SampleDocument, numbered

_STYLE = (
    "body{font-family:serif;margin:0;color:#222}nav,footer{background:#f2f2f2;padding:.6em 2em}"
    "nav a{margin-right:1.2em}main{max-width:46em;margin:1em auto;line-height:1.9}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #999;padding:.3em .6em}"
    "aside{max-width:46em;margin:1em auto}"
)
_MENU = ("首页", "政务公开", "政务服务", "互动交流", "走进本地")
_RELATED = ("政策文件", "政策解读", "教育公开专栏")
_META = (
    ("ArticleTitle", "title"),
    ("ContentSource", "issuer"),
    ("PubDate", "published"),
    ("region", "region"),
    ("issuer", "issuer"),
    ("number", "number"),
    ("published", "published"),
    ("level", "level"),
    ("kind", "kind"),
    ("status", "status"),
    ("digest_of", "digest_of"),
)


def write_page(document: SampleDocument, target: Path) -> None:
    """Write the document as one HTML file without scripts or outside resources."""
    meta = document.meta
    tags = "\n".join(
        f'<meta name="{name}" content="{escape(meta[key])}">' for name, key in _META if meta[key]
    )
    menu = "".join(f'<a href="#">{item}</a>' for item in _MENU)
    related = "".join(f'<li><a href="#">{item}</a></li>' for item in _RELATED)
    body = "\n".join(_body(document))
    trail = " &gt; ".join(f'<a href="#">{item}</a>' for item in ("首页", "政务公开", meta["kind"]))
    page = f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{escape(meta["title"])}</title>
{tags}
<style>{_STYLE}</style>
</head>
<body>
<header><nav>{menu}</nav></header>
<div class="breadcrumb">当前位置：{trail}</div>
<main>
<article>
{body}
</article>
</main>
<aside><h2>相关栏目</h2><ul>{related}</ul></aside>
<footer><p>示例页面：由摘编生成，供知识库试用，不是政府网站</p><p>网站地图 | 联系我们 | 使用帮助</p></footer>
</body>
</html>
"""
    target.write_text(page, encoding="utf-8", newline="\n")


def _body(document: SampleDocument) -> list[str]:
    lines: list[str] = []
    for block, label in numbered(document):
        text = escape(label + block.text)
        if block.kind == "title":
            lines += [_info(document), f"<h1>{text}</h1>"]
        elif block.kind == "h1":
            lines.append(f"<h2>{text}</h2>")
        elif block.kind == "table":
            lines.append(_table(block.rows))
        else:
            lines.append(f"<p>{text}</p>")
    return lines


def _info(document: SampleDocument) -> str:
    rows = (("索引号", f"示例/{document.name}"), *document.info)
    cells = "\n".join(f"<tr><th>{escape(label)}</th><td>{escape(value)}</td></tr>" for label, value in rows)
    return f'<table class="info">\n{cells}\n</table>'


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    lines = []
    for number, row in enumerate(rows):
        tag = "th" if number == 0 else "td"
        lines.append("<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row) + "</tr>")
    return "<table>\n" + "\n".join(lines) + "\n</table>"
