"""Facts that can be counted."""

import pytest

from newsroom.facts import (
    count_helped,
    count_quotes,
    find_elements,
    find_numbers,
    read_facts,
)
from newsroom.people import adult_names, child_names, leader_names, worker_names


def test_numbers_with_a_unit():
    """Distinct numbers with a unit; dates, years and repeated ones do not count."""
    text = "2026年7月18日，9家企业、1,200余名职工，9家，涨幅6.5%，第3名，46.2万元。"

    assert ("9家", "1200名", "6.5%", "46.2万元") == find_numbers(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("“绿豆汤管够，风扇也多了。”何秀兰说。", 1),
        ("何秀兰说：“绿豆汤管够，风扇也多了。”", 1),
        ("开展“夏送清凉”活动。", 0),
        ("打造“有温度的职工之家”品牌。", 0),
    ],
)
def test_quotes(text, count):
    """Whole clauses with a speaker nearby, not names in quotation marks."""
    assert count_quotes(text) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("慰问职工，惠及1200名职工", 1200),
        ("覆盖职工1130人", 1130),
        ("服务1.2万名职工", 12000),
        ("送去“清凉包”800份", 800),
        ("累计服务司机5300余人次", 0),
        ("拨打12351职工服务热线咨询", 0),
        ("有3名志愿者路过此地看风景", 0),
        ("没有数字", 0),
    ],
)
def test_helped(text, count):
    """The largest number of people that were reached."""
    assert count_helped(text) == count


def test_elements():
    """Six elements of news."""
    assert () == find_elements("好。")
    assert ("时间", "地点", "人物", "事情", "结果", "下一步") == find_elements(
        "7月18日，镇总工会组织送清凉，覆盖30人，下一步推广。"
    )


def test_facts_of_the_worked_example(full_stories):
    """Workers and leaders of the eight stories are found by name."""
    named = {
        entry["unit"]: (facts.workers, facts.leaders)
        for entry in full_stories
        for facts in [read_facts(entry["title"], entry["body"])]
    }

    assert named == {
        "afs": (("何秀兰",), ("向书平",)),
        "ds": (("杨长贵",), ()),
        "yjg": (("程磊",), ("覃晓峰",)),
        "cg": (("柳冬梅",), ()),
        "zj": ((), ()),
        "xn": (("鲁建军",), ()),
        "wa": (("田小芹",), ("曾立新",)),
        "kfq": (("龚小娟",), ("郑开元",)),
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("职工李桂香说", ("李桂香",)),
        ("王芳说，田小芹表示", ("王芳", "田小芹")),
        ("职工欧阳明月在车间", ("欧阳明月",)),
        ("职工李某说", ()),
        ("职工高兴地说", ()),
        ("职工安全意识", ()),
        ("职工满意度高", ()),
        ("职工方代表", ()),
        ("职工 张三", ()),
        ("主席向书平说", ()),
        ("司机周", ()),
    ],
)
def test_worker_names(text, names):
    """A surname and a given name beside a worker's word, never masked ones."""
    assert worker_names(text) == names


def test_where_names_stand():
    """Spans of grown people and of children."""
    assert [(2, 5)] == adult_names("职工李桂香说")
    assert [(2, 5)] == child_names("学生王小宝，")
    assert [] == child_names("学生王某，")
    assert ("向书平",) == leader_names("镇总工会主席向书平介绍")
