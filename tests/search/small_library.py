"""A library of a few short texts written for the tests, built by the real pipeline."""

from __future__ import annotations

from pathlib import Path

from interfaces.workspace import Workspace

XIAMEN = """---
title: 厦门市推进义务教育优质均衡的做法
region: 福建省厦门市
issuer: 厦门市教育局
number: 厦教〔2023〕8号
published: 2023-11-20
level: municipal
kind: 案例
---
# 厦门市推进义务教育优质均衡的做法

## 一、扩增学位

“十四五”期间，全市规划建设学校项目323个，新增学位31.4万个。现有中小学校442所。

## 二、名校跨岛

2014年起实施“名校跨岛”战略行动。9所直属学校与35所薄弱学校以委托管理、派驻团队等方式合作办学。建立岛内外教师轮岗制度，每年选派骨干教师到岛外任教。

## 三、课后服务

全市课后服务学校覆盖率达到100%，47.7万名学生参加。
"""

XIAMEN_LATER = """---
title: 厦门市教育发展情况通报
region: 福建省厦门市
issuer: 厦门市人民政府
published: 2024-06-01
level: municipal
kind: 通报
---
# 厦门市教育发展情况通报

## 一、学位供给

“十四五”期间，全市新增学位35万个。市政府要求各区加快学校建设，按期交付使用。
"""

NINGBO = """---
title: 宁波市统筹教育资源的经验
region: 浙江省宁波市
issuer: 宁波市教育局
published: 2023-09-01
level: municipal
kind: 案例
---
# 宁波市统筹教育资源的经验

## 一、集团化办学

宁波市组建教育集团60个，推行集团化办学，名校带动农村学校共同发展。

## 二、随迁子女

全市30.7万名随迁子女全部纳入服务体系，符合条件的都能在公办学校就读。
"""

BAODING = """---
title: 保定市义务教育均衡发展综述
region: 河北省保定市
issuer: 保定市教育局
published: 2024-09-10
level: municipal
kind: 综述
---
# 保定市义务教育均衡发展综述

## 一、集团化办学

保定市组建教育集团158个，推进集团化办学。竞秀区成立教育集团14个，竞秀区教育集团覆盖率达81.4%。

## 二、教师队伍

深化“1530”师资培养模式，建设优秀教师成长平台。
"""

NATION = """---
title: 义务教育优质均衡督导评估办法
region: 全国
issuer: 教育部
number: 教督〔2017〕6号
published: 2017-04-19
level: national
kind: 办法
---
# 义务教育优质均衡督导评估办法

第一条 为促进义务教育优质均衡发展，制定本办法。

第二条 小学每班学生不超过45人，初中每班学生不超过50人。

第三条 每年交流轮岗教师的比例不低于符合条件教师总数的10%，其中骨干教师不低于交流轮岗教师总数的20%。
"""

REPEALED = """---
title: 厦门市集团化办学暂行规定
region: 福建省厦门市
issuer: 厦门市教育局
published: 2010-03-01
level: municipal
kind: 规定
status: repealed
---
# 厦门市集团化办学暂行规定

第一条 集团化办学由市教育局统一审批，每个教育集团不超过3所学校。
"""

COPY = NINGBO.replace("宁波市统筹教育资源的经验", "宁波市统筹教育资源的经验（转载）").replace(
    "2023-09-01", "2023-12-01"
)

TEXTS = {
    "厦门.md": XIAMEN,
    "厦门通报.md": XIAMEN_LATER,
    "宁波.md": NINGBO,
    "宁波转载.md": COPY,
    "保定.md": BAODING,
    "国家.md": NATION,
    "失效.md": REPEALED,
}


def build(folder: Path) -> Path:
    """Write the texts, ingest them; the folder of the knowledge base."""
    sources = folder / "texts"
    sources.mkdir(parents=True)
    for name, text in TEXTS.items():
        (sources / name).write_text(text, encoding="utf-8")
    with Workspace(folder / "kb") as workspace:
        report = workspace.ingest([sources], workers=0)
    assert not report.failed
    return folder / "kb"
