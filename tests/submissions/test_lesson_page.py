"""小课堂: pictures of the product, light enough for a phone, in everyday words."""

from __future__ import annotations

import base64
import hashlib
import re
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from submissions.lesson_page import NAME, PICTURES, lesson_files

MOST_EACH, MOST_ALL = 64 * 1024, 450 * 1024


ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


@pytest.fixture(scope="module")
def files():
    return lesson_files(office="枝江市总工会", phone="0717-4200000", banner="演示")


def test_every_step_has_its_picture(files):
    """Nine steps, nine pictures beside the page, each with words for the blind."""
    page = files[NAME].decode()
    shown = re.findall(r'<img src="([^"]+)" alt="([^"]{8,})"', page)

    assert [f"lesson/{name}.jpg" for name in PICTURES] == [src for src, _ in shown]
    assert {NAME, *(src for src, _ in shown)} == set(files)


def test_the_pictures_are_light_and_of_one_size(files):
    """The whole lesson costs a phone less than half a megabyte."""
    pictures = [data for path, data in files.items() if path.endswith(".jpg")]
    sizes = {Image.open(BytesIO(data)).size for data in pictures}

    assert 1 == len(sizes)
    assert max(map(len, pictures)) <= MOST_EACH
    assert sum(map(len, files.values())) <= MOST_ALL


def test_the_style_is_the_one_that_the_policy_names(files):
    """The page's one style runs by its hash; no script, nothing from elsewhere."""
    page = files[NAME].decode()
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()

    assert f"style-src 'sha256-{digest}'" in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_the_words_are_the_chairs(files):
    """No word of computers, no English; the phone and the banner stand on it."""
    words = re.sub(
        r"<style>.*?</style>|<[^>]+>", "", files[NAME].decode(), flags=re.DOTALL
    )

    assert [] == re.findall(r"[A-Za-z]{3,}", words)
    assert not re.search(r"点击|登录|上传|提交|系统|字段|浏览器|表单", words)
    assert "0717-4200000" in words
    assert "演示" in words


@pytest.mark.browser
@pytest.mark.slow
def test_on_the_wall_it_is_two_sheets(files, tmp_path, chromium):
    """Printed it is two sheets of A4, as it promises, six steps on the first."""
    from playwright.sync_api import sync_playwright

    for path, content in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = browser.new_page()
        page.goto((tmp_path / NAME).as_uri(), wait_until="load")
        printed = page.pdf(prefer_css_page_size=True)
        browser.close()

    first, second = PdfReader(BytesIO(printed)).pages
    assert [210, 297] == [round(float(side) * 25.4 / 72) for side in first.mediabox[2:]]
    assert "看草稿" in first.extract_text()
    assert "登出来了" in second.extract_text()
