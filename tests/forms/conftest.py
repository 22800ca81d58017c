import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "site_builder"))

import samples

from site_builder.forms.press import Press
from site_builder.forms.typesetting import Typesetter
from site_builder.given import Audience
from site_builder.shown import Shown, show


@pytest.fixture(scope="session")
def pictures(tmp_path_factory) -> Path:
    return samples.draw_pictures(tmp_path_factory.mktemp("pictures"))


@pytest.fixture(scope="session")
def setter() -> Iterator[Typesetter]:
    with Press() as press:
        yield Typesetter(press)


@pytest.fixture(scope="session")
def internal(pictures) -> Shown:
    return show(samples.given(pictures), Audience.INTERNAL)


@pytest.fixture(scope="session")
def public(pictures) -> Shown:
    return show(samples.given(pictures), Audience.PUBLIC)


@pytest.fixture
def pdf_text(poppler, tmp_path):
    """The words of a PDF as a reader would copy them, without blanks."""

    def read(content: bytes) -> str:
        file = tmp_path / "read.pdf"
        file.write_bytes(content)
        program = shutil.which("pdftotext")
        told = subprocess.run([program, file, "-"], capture_output=True, check=True)
        return "".join(told.stdout.decode().split())

    return read


@pytest.fixture
def pdf_facts(poppler, tmp_path):
    """What pdfinfo says of a PDF, by name."""

    def read(content: bytes) -> dict[str, str]:
        file = tmp_path / "facts.pdf"
        file.write_bytes(content)
        program = shutil.which("pdfinfo")
        told = subprocess.run([program, file], capture_output=True, check=True)
        lines = (line.partition(":") for line in told.stdout.decode().splitlines())
        return {name: value.strip() for name, _, value in lines}

    return read


@pytest.fixture(scope="module")
def browser(chromium):
    from playwright.sync_api import sync_playwright

    quiet = (
        *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
        *("--no-first-run", "--disable-background-networking"),
        *("--disable-component-update", "--disable-sync"),
    )
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=quiet)
        yield opened
        opened.close()
