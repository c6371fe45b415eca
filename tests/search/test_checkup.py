from pathlib import Path

from interfaces.workspace import Workspace
from search.checkup import examine


def test_what_is_the_matter_is_found_and_listed(tmp_path: Path) -> None:
    folder = tmp_path / "文件"
    folder.mkdir()
    text = "关于做好供热补贴发放工作的通知\n供热补贴标准为每户每年300元，由街道按时发放。"
    (folder / "甲.txt").write_text(text, encoding="utf-8")
    (folder / "乙.txt").write_text(text + "\n", encoding="utf-8")
    (folder / "丙.txt").write_text(
        "济源市教育局工作情况\n2024年5月1日\n全市培育在线余名教师，成效明显。", encoding="utf-8"
    )
    with Workspace(tmp_path / "kb") as workspace:
        workspace.ingest([folder], workers=0)
        findings = {finding.kind: finding for finding in examine(workspace.store)}
        sources = {d.id: d.source for d in workspace.store.documents()}
    named = {kind: {sources[d] for d in finding.documents} for kind, finding in findings.items()}
    assert named["duplicated"] == {"甲.txt", "乙.txt"}
    assert named["undated"] >= {"甲.txt", "乙.txt"}
    assert named["unknown_region"] == {"甲.txt", "乙.txt"}
    assert named["damaged"] == {"丙.txt"}
    assert named["superseded"] == set()
