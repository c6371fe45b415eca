"""The examples of a first visit: only those that lead somewhere in this library."""

from pathlib import Path

from interfaces.web.examples import Welcome
from interfaces.workspace import Workspace

PLAN = (
    "---\ntitle: 迁西县教育发展方案\nregion: 河北省唐山市迁西县\nkind: 方案\npublished: 2025-03-01\n---\n\n"
    "一、教师队伍\n到2027年，骨干教师占交流轮岗教师的比例达到15%。\n"
)
PREFACE = "---\ntitle: 教育发展案例前言\nlevel: 国家\nregion: 全国\n---\n\n本书收录各地教育发展的做法，供大家参考。\n"
NATIONAL = (
    "---\ntitle: 教育发展督导评估办法\nlevel: 国家\nregion: 全国\nkind: 办法\npublished: 2017-04-19\nstatus: 现行有效\n---\n\n"
    "第一条 教师队伍应当达到下列要求：骨干教师占交流轮岗教师的比例不低于20%。\n"
)


def shown(folder: Path, *texts: str) -> str:
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number}.md").write_text(text, encoding="utf-8")
    with Workspace(folder / "kb") as workspace:
        assert not workspace.ingest([folder], workers=0).failed
        return Welcome(workspace)()


def test_a_review_is_offered_where_there_is_something_to_review_against(tmp_path: Path) -> None:
    assert "对照国家要求审查河北省唐山市迁西县" in shown(tmp_path / "a", PLAN, NATIONAL)
    assert "对照国家要求审查" not in shown(tmp_path / "b", PLAN, PREFACE)


def test_a_library_of_another_topic_offers_its_documents(tmp_path: Path) -> None:
    welcome = shown(tmp_path / "c", "---\ntitle: 青云县供热办法\n---\n\n供热补贴每户300元。\n")
    assert "阅读《青云县供热办法》" in welcome
    assert "集团化办学" not in welcome
