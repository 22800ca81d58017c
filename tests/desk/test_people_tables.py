"""Tables of correspondents as offices really keep them."""

from __future__ import annotations

import re

import pytest
from openpyxl import Workbook

from newsroom.errors import NewsroomError
from workflow.correspondents import cards_base, import_people
from workflow.people_table import Row, find_unit, read_table

BASE = "http://192.168.1.23:8352"
HEAD = ("单位", "姓名", "职务", "电话")


@pytest.fixture
def sheet(tmp_path):
    """Saves rows as a sheet, merged as told; gives the file."""

    def save(*rows, merged=(), before=()):
        book = Workbook()
        for title in before:
            book.active.title = title
            book.create_sheet("名单")
        page = book.worksheets[-1]
        for row in rows:
            page.append(row)
        for place in merged:
            page.merge_cells(place)
        file = tmp_path / "报送人.xlsx"
        book.save(file)
        book.close()
        return file

    return save


def test_a_title_above_other_words_and_blank_lines(sheet):
    """The head is found below a merged title; blank lines and totals are no people."""
    file = sheet(
        ("2026年全市工会信息员名单", None, None, None, None),
        (None, None, None, None, None),
        ("序号", "单位名称", "姓 名", "现任职务", "联系电话"),
        (1, "安福寺镇", "王 某", "信息员", 13800002222.0),
        (None, None, None, None, None),
        (2, "董市镇", "赵某某", "工会主席", "138 0000 3333"),
        ("合计", "合计：2人", None, None, None),
        merged=["A1:E1"],
    )

    assert read_table(file) == (
        Row(4, "安福寺镇", "王某", "信息员", "13800002222"),
        Row(6, "董市镇", "赵某某", "工会主席", "13800003333"),
    )


def test_a_unit_merged_over_its_people(sheet):
    """Two people of one town under one merged cell."""
    file = sheet(
        HEAD,
        ("安福寺镇", "王某", "工会主席", "+86 138-0000-2222"),
        (None, "李某", "信息员", "0717-4210000"),
        ("董市镇", "赵某", None, "13800003333/13900004444"),
        merged=["A2:A3"],
    )

    assert [(r.unit, r.name, r.phone) for r in read_table(file)] == [
        ("安福寺镇", "王某", "13800002222"),
        ("安福寺镇", "李某", "0717-4210000"),
        ("董市镇", "赵某", "13800003333/13900004444"),
    ]


def test_a_line_without_its_unit_is_not_guessed(sheet, house):
    """A blank unit that is not merged goes to no town's link."""
    file = sheet(HEAD, ("安福寺镇", "王某", "", ""), (None, "张某", "", ""))
    made = import_people(house.office, house.store, file, BASE, at=house.clock())
    cards, skipped = made.cards, made.skipped

    assert ["王某"] == [card.name for card in cards]
    assert ["第 3 行：没有写单位"] == list(skipped)


def test_a_person_who_stands_twice_gets_one_link(sheet, house):
    """The second line is named; a second person of the town is a link of their own."""
    file = sheet(
        HEAD,
        ("安福寺镇", "王某", "", ""),
        ("枝江市安福寺镇总工会", "王 某", "", ""),
        ("安福寺镇工会", "孙某", "", ""),
    )
    made = import_people(house.office, house.store, file, BASE, at=house.clock())
    cards, skipped = made.cards, made.skipped

    assert ["王某", "孙某"] == [card.name for card in cards]
    assert ["第 3 行：安福寺镇 王某 和第 2 行是同一个人"] == list(skipped)


def test_the_names_stand_on_the_second_sheet(sheet):
    """A first sheet of other things is passed over."""
    file = sheet(HEAD, ("安福寺镇", "王某", "", ""), before=["说明"])

    assert ["王某"] == [row.name for row in read_table(file)]


def test_a_head_that_comes_again_on_every_page(sheet):
    """The head printed again in the middle is no person."""
    file = sheet(HEAD, ("安福寺镇", "王某", "", ""), HEAD, ("董市镇", "赵某", "", ""))

    assert ["王某", "赵某"] == [row.name for row in read_table(file)]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("安福寺镇", "afs"),
        ("枝江市安福寺镇总工会", "afs"),
        ("安福寺", "afs"),
        ("安福寺镇人民政府", "afs"),
        ("马家店街道办事处", "mjd"),
        ("马家店街道总工会", "mjd"),
        (" 董市 镇 ", "ds"),
        ("总工会", None),
        ("镇", None),
        ("别处镇", None),
        ("", None),
    ],
)
def test_a_unit_however_it_is_called(house, text, unit):
    """The city before, the body behind, without 镇; never two at once."""
    found = find_unit(house.office.settings.rules.units, text)

    assert unit == (found.id if found else None)


def test_a_sheet_without_a_head_says_what_is_wanted(sheet):
    """The sentence names the columns."""
    with pytest.raises(NewsroomError, match="单位、姓名、职务、电话"):
        read_table(sheet(("甲", "乙"), ("安福寺镇", "王某")))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("没有.xlsx", None, "没有这个文件"),
        ("名单.xls", b"\xd0\xcf\x11\xe0", "另存为“Excel 工作簿（.xlsx）”"),
        ("名单.csv", "单位,姓名".encode(), "不是 .xlsx 表格"),
        ("改名.xlsx", "单位,姓名".encode(), "里面不是 Excel 表格"),
    ],
)
def test_another_file_is_refused_in_our_words(tmp_path, name, content, words):
    """What it is and how to save it; no word of a library."""
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(NewsroomError, match=words) as told:
        read_table(file)

    assert not re.search(r"zip|Errno|openpyxl|format", str(told.value))


def test_two_names_in_one_cell_and_a_phone_that_is_none(sheet, house):
    """Two people share no link; a number that cannot be dialled is asked about."""
    file = sheet(
        HEAD,
        ("安福寺镇", "王某,赵某", "", ""),
        ("安福寺镇", "孙某", "", "1380000111"),
        ("董市镇", "钱某", "", "0717-4210000转8"),
    )
    made = import_people(house.office, house.store, file, BASE, at=house.clock())

    assert ["孙某", "钱某"] == [card.name for card in made.cards]
    assert ["第 2 行：姓名“王某,赵某”看不明白，一行写一个人"] == list(made.skipped)
    assert ["第 3 行：安福寺镇 孙某的电话“1380000111”不像电话"] == list(made.doubts)


@pytest.mark.parametrize("base", ["http://127.0.0.1:8352", "http://localhost:8352"])
def test_no_card_leads_to_the_office_computer_itself(house, base):
    """No phone could open it; the sentence says where the right address stands."""
    with pytest.raises(NewsroomError, match="手机打不开"):
        cards_base(house.office, base)
