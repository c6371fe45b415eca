"""Numbers of different things are never set against each other, however alike they are measured."""

import pytest

from search.compare.pairing import _of_one_thing


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("教师培训完成率", "营转非完成率"),
        ("资助政策覆盖率", "课后服务覆盖率"),
        ("完成率", "教师培训完成率"),
    ],
)
def test_what_they_share_must_be_more_than_the_measure(one: str, other: str) -> None:
    assert not _of_one_thing(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("教师培训完成率", "参加培训完成率"),
        ("骨干教师占交流轮岗教师比例", "交流轮岗中骨干教师占比"),
        ("残疾儿童少年入学率", "适龄残疾儿童义务教育入学率"),
    ],
)
def test_the_same_thing_in_other_words_is_set_side_by_side(one: str, other: str) -> None:
    assert _of_one_thing(one, other)
