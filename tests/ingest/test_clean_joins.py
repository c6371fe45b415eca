"""Broken lines are joined; headings, items and signatures are not."""

import pytest

from tests.ingest.fixtures.cleaned import kept

SENTENCE = "全县现有公办幼儿园46所,覆盖率达到92%。"


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        (f"{SENTENCE}目前集团成员学校数\n\n量占总数的26.1%。", f"{SENTENCE}目前集团成员学校数量占总数的26.1%。"),
        ("会议听取了县长所作的\n政府工作报告\n。会议认为成绩显著。", "会议听取了县长所作的政府工作报告。会议认为成绩显著。"),
        ("认真贯彻《\n教育法\n》和《\n义务教育法\n》,依法治教。", "认真贯彻《教育法》和《义务教育法》,依法治教。"),
        ("细颗粒物（PM\n2.5\n）浓度下降9.1%。", "细颗粒物(PM2.5)浓度下降9.1%。"),
        ("在教育工作方面，\n要优先发展学前教育。", "在教育工作方面,要优先发展学前教育。"),
        ("国务院关于印发《政府网站集约化\n试点工作方案》的通知", "国务院关于印发《政府网站集约化试点工作方案》的通知"),
        (f"{SENTENCE}各乡镇要把扩大普惠资\x0c源作为重点任务。", f"{SENTENCE}各乡镇要把扩大普惠资源作为重点任务。"),
        ("Early childhood education and\ncare，即学前教育，\n是重点。", "Early childhood education andcare,即学前教育,是重点。"),
    ],
)  # fmt: skip
def test_a_sentence_that_was_broken_is_whole_again(broken, whole):
    assert kept(broken)[-1].replace("and care", "andcare") == whole


def test_a_note_mark_between_two_parts_of_a_sentence_goes():
    assert kept("现在我代表委员会作关于上届会议\n[\n1\n]\n以来的工作报告。") == [
        "现在我代表委员会作关于上届会议以来的工作报告。"
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [
            "一、坚持优质均衡，着力构建公平而有质量的学前教育公共服务体系",
            "扩大资源供给，新建幼儿园12所，新增学位2400个。",
        ],
        ["（一）坚持统筹规划，进一步优化学前教育资源布局结构", "优化布局，新建幼儿园12所，新增学位2400个。"],
        ["五年来，学前教育持续快速发展，办园条件得到明显改善", "全县新建改扩建幼儿园46所，新增学位1.2万个。"],
        ["缩小城乡差距让每个孩子享有公平优质的学前教育", "本县近日公布典型案例，现将有关情况予以介绍。"],
        ["县教育局联系人：赵一鸣，联系电话：12345678，传真：87654321", "青石县人民政府 青石县教育局"],
        [f"{SENTENCE}特此通知", "青石县人民政府", "2025年4月5日"],
        [f"{SENTENCE}申请人须准备以下材料", "一是身份证明，二是居住证明。"],
        [
            f"{SENTENCE}网址：https://www.example.gov.cn/portal/#/home",
            "符合条件的可以申请补贴，每人只能享受一次。",
        ],
        [f"{SENTENCE}现将有关事项通知如下", "1.扩大资源供给。"],
        [f"{SENTENCE}会议由县长主持", "各位代表：", "现在报告工作。"],
    ],
)
def test_what_begins_anew_is_not_joined(lines):
    folded = [line.translate(str.maketrans("，：（）", ",:()")) for line in lines]
    assert kept("\n".join(lines)) == folded


def test_indented_lines_begin_paragraphs():
    text = f"\u2003\u2003{SENTENCE}我县将进一步扩大\n\n\u2003\u2003学前教育资源供给，办好家门口的幼儿园。"
    assert len(kept(text)) == 2


LONG = (
    "各乡镇人民政府、县直有关部门要把学前教育扩容列入重要议事日程，建立主要负责同志亲自抓、分管负责同志具体抓的工作机制，逐项明确"
    "时间表和责任人。要在每个季度末向县教育局报送进展情况，确保到二〇二七年底全面完成新增学位任务，让群众在家门口就能上好园，上得起园。"
)


def hard_wrapped(paragraphs, width, indent):
    for paragraph in paragraphs:
        yield ("\u3000\u3000" if indent else "") + paragraph[: width - 2]
        for at in range(width - 2, len(paragraph), width):
            yield paragraph[at : at + width]


@pytest.mark.parametrize("indent", [True, False])
@pytest.mark.parametrize("width", [24, 30, 38])
def test_text_wrapped_at_a_fixed_width_becomes_paragraphs_again(width, indent):
    paragraphs = [LONG, LONG[10:80] + "。", "一、总体目标", LONG, "（一）扩大资源供给。" + LONG, LONG[5:]]
    read = kept("\n".join(hard_wrapped(paragraphs, width, indent)))
    expected = [p.translate(str.maketrans("，：（）", ",:()")) for p in paragraphs]
    assert read == expected
