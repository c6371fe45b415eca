"""The command that measures: retrieval on a data set; answers, facts, regions, structure, comparison on gold."""

from __future__ import annotations

import importlib
from pathlib import Path

import click

from interfaces.cli.chinese import ChineseCommand
from interfaces.cli.options import json_option
from interfaces.cli.output import emit, say, table

# Each is a module with ``main(arguments) -> rows`` that prints what it measured.
_MEASURES = {
    "answers": ("eval.overall", "示例问题上的检索与问答，与上次相比（默认）。"),
    "relevance": ("eval.relevance", "相关性检验：该找到的、不该找到的、先后次序。"),
    "facts": ("eval.facts", "数据项的准确率、召回率和各字段。"),
    "regions": ("eval.regions", "本地区与地名的判定。"),
    "structure": ("eval.structure", "标题树、案例切分与元数据。"),
    "comparison": ("eval.compare", "对标审查的条款与数字判定。"),
}


@click.command(name="eval", cls=ChineseCommand)
@click.option(
    "--dataset",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="BEIR 布局的数据集：corpus.jsonl、queries.jsonl、qrels/test.tsv。",
)
@click.option("--answers", is_flag=True, help=_MEASURES["answers"][1])
@click.option("--relevance", is_flag=True, help=_MEASURES["relevance"][1])
@click.option("--facts", is_flag=True, help=_MEASURES["facts"][1])
@click.option("--regions", is_flag=True, help=_MEASURES["regions"][1])
@click.option("--structure", is_flag=True, help=_MEASURES["structure"][1])
@click.option("--comparison", is_flag=True, help=_MEASURES["comparison"][1])
@json_option
def evaluate(dataset: Path | None, as_json: bool, **chosen: bool) -> None:
    """测量检索、问答和抽取的质量。"""
    extra = ["--json"] if as_json else []
    if dataset is not None:
        _measure_dataset(dataset, as_json)
    names = [name for name, wanted in chosen.items() if wanted]
    if not names and dataset is None:
        names = ["answers"]
    for name in names:
        importlib.import_module(_MEASURES[name][0]).main(extra)


def _measure_dataset(folder: Path, as_json: bool) -> None:
    from eval.history import compared_with_last
    from eval.retrieval import evaluate_dataset

    rows = evaluate_dataset(folder)
    if as_json:
        for row in rows:
            emit(row.as_json())
        return
    table(
        ["系统", *rows[0].measures, "问题", "段落"],
        (
            (row.system, *(str(interval) for interval in row.measures.values()), row.queries, row.corpus)
            for row in rows
        ),
    )
    for line in compared_with_last(folder, rows):
        say(line)
