from __future__ import annotations

import base64
import hashlib
import random
import re
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from config import load_settings
from newsroom.drafting import make_draft
from newsroom.text_block import TextBlock, checksum, read_blocks, write_blocks
from submissions.offline_page import render_offline_page

SETTINGS = load_settings(Path(__file__).parents[2] / "config.toml")
RULES = SETTINGS.rules
UNIT = RULES.units.unit("afs")
WORDS = (
    *(
        "",
        "  ",
        "惠及职工1200人。",
        "清凉包87份，，",
        "“管够！”",
        "将开课",
        "在三号车间",
    ),
    *(
        "{{ 7*7 }}",
        "第一次\n换了办法",
        "〔还没写：多少人？〕",
        "说到这里……",
        "为66名工人",
    ),
)
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update"),
]


def page_text():
    return render_offline_page(
        templates=SETTINGS.story_templates,
        topics=RULES.topics,
        units=RULES.units.units,
        office="枝江市总工会",
        heading="枝工报送",
    )


@pytest.fixture(scope="module")
def browser(chromium):
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser, tmp_path):
    """The page opened as a file, on a phone without network."""
    file = tmp_path / "baosong.html"
    file.write_text(page_text(), encoding="utf-8")
    context = browser.new_context(viewport={"width": 390, "height": 780}, offline=True)
    opened = context.new_page()
    opened.faults = []
    opened.on("pageerror", lambda error: opened.faults.append(str(error)))
    opened.on(
        "console",
        lambda said: said.type == "error" and opened.faults.append(said.text),
    )
    opened.goto(file.as_uri())
    yield opened
    context.close()


def test_the_page_holds_everything_and_runs_nothing_else():
    """No address, no second file; only this very script and style may run."""
    text = page_text()

    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    policy = re.search(r'Policy" content="([^"]+)"', text)[1]
    for inside in (script, style):
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert not re.search(r"https?:|src=|href=|@import|url\(", text)
    assert len(text.encode()) < 100_000


def test_a_name_with_markup_stays_text():
    """What the office writes in its settings cannot become a tag."""
    text = render_offline_page(
        templates=SETTINGS.story_templates,
        topics=(),
        units=(),
        office="<script>x</script>",
        heading='"><b>',
    )

    assert 1 == text.count("<script>")
    assert "<b>" not in text


@pytest.mark.browser
def test_the_page_makes_the_same_drafts_and_blocks(page):
    """Its script and the newsroom's Python agree on drafts, blocks and 校验."""
    chance = random.Random(7)
    cases = [
        (one, {q.key: chance.choice(WORDS) for q in one.questions})
        for one in SETTINGS.story_templates
        for _ in range(25)
    ]
    blocks = [
        TextBlock(unit="甲", title=word, body=f"{word}\n{'长' * times}完", day=word)
        for word in ("１２ 号\u200b", "【完】与【枝工报送】", "龘😀①", "")
        for times in (0, 100, 5000)
    ]
    given = page.evaluate("JSON.parse(document.getElementById('data').dataset.json)")
    shapes = {one["id"]: one for one in given["templates"]}

    drafts = page.evaluate(
        "cases => cases.map(([t, a, u]) => baosong.makeDraft(t, a, u))",
        [[shapes[one.id], answers, UNIT.name] for one, answers in cases],
    )
    names = ("unit", "title", "body", "day")
    written = page.evaluate(
        "blocks => blocks.map(baosong.writeBlocks)",
        [{name: getattr(block, name) for name in names} for block in blocks],
    )

    for (one, answers), made in zip(cases, drafts, strict=True):
        draft = make_draft(one, answers, UNIT)
        assert made == {
            "titles": list(draft.titles),
            "text": draft.text,
            "plain": draft.plain,
            "missing": [question.key for question in draft.missing],
        }
    for block, texts in zip(blocks, written, strict=True):
        assert list(write_blocks(block, heading="枝工报送")) == texts
    assert checksum("甲 Ａ1") == page.evaluate("baosong.checksum('甲 Ａ1')")


@pytest.mark.browser
def test_a_chair_answers_and_copies_the_block(page):
    """Required answers only, offline, from a file: the block imports as typed."""
    page.select_option("select", "afs")
    page.get_by_role("button", name="开始").click()
    assert 12 == page.locator(".tiles button").count()
    assert "第 2 步" == page.locator("#progress").inner_text()
    page.get_by_role("button", name=re.compile("^夏送清凉")).click()
    page.locator("input[type=date]").first.fill("2026-07-18")
    page.get_by_role("button", name="下一步").click()
    answers = {
        "在什么地方？": "安福寺食品工业园",
        "谁组织的？": "安福寺镇总工会",
        "办成了什么？最好有数字": "惠及职工1200人",
    }
    while page.locator("h1").inner_text() != "看看稿子，可以改":
        answer = answers.get(page.locator("h1").inner_text())
        if answer:
            page.get_by_role("button", name="下一步").click()
            assert page.get_by_role("alert").inner_text() == "这一项要写一下"
            page.locator("textarea").fill(answer)
        page.get_by_role("button", name="下一步").click()
    assert 2 == page.locator("mark").count()
    page.reload()
    assert "走进安福寺食品工业园。" in page.locator("textarea").input_value()
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("本单位谁审核的？").fill("向书平")
    page.get_by_label("有几张照片？").fill("2")
    page.get_by_role("button", name="做好了").click()
    page.get_by_role("button", name="复制").click()

    (block,) = read_blocks(page.locator("pre").inner_text())

    assert () == block.problems
    assert ("安福寺镇总工会", "2026-07-18", "夏送清凉", "向书平", "是") == (
        block.unit,
        block.day,
        block.topic,
        block.reviewer,
        block.public,
    )
    assert "2张，另发原图" == block.photos
    assert block.body.endswith("惠及职工1200人。")
    wide = "document.documentElement.scrollWidth > innerWidth"
    assert not page.evaluate(wide)
    assert [] == page.faults
