"""What all tests share: components that may be absent, and the ban on skips in CI."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Django is set up once a process; these settings serve the store and the desk.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workflow.django_settings")
EVERYTHING = os.environ.get("CI") == "true" or os.environ.get("GONGHUI_ALL") == "1"
left_out: dict[str, int] = {}


def shared_folder() -> Path:
    """The folder of real pages (GONGHUI_SHARED, default ../shared)."""
    return Path(os.environ.get("GONGHUI_SHARED", ROOT.parent / "shared"))


def find_chromium() -> str | None:
    """The program of a Chromium-like browser, None when there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next(filter(None, map(shutil.which, names)), None)


def need(component: str, present: bool) -> None:
    """Skip where a component is absent; in a full run its absence is a failure."""
    if present:
        return
    if EVERYTHING:
        pytest.fail(
            f"{component} 缺失：完整测试不允许跳过（scripts/components 可安装）"
        )
    left_out[component] = left_out.get(component, 0) + 1
    pytest.skip(f"没有 {component}")


@pytest.fixture(scope="session")
def poppler() -> None:
    need("poppler-utils（pdfinfo）", bool(shutil.which("pdfinfo")))


@pytest.fixture(scope="session")
def libreoffice() -> str:
    """The program of LibreOffice, which opens a DOCX as an office would."""
    program = shutil.which("soffice")
    need("LibreOffice", program is not None)
    return program or ""


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = shared_folder()
    need("真实网页样本 GONGHUI_SHARED", (folder / "pages" / "cases.jsonl").is_file())
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    program = find_chromium()
    need("Chromium 浏览器", program is not None)
    return str(program)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser"):
        need("Chromium 浏览器", find_chromium() is not None)
    if item.get_closest_marker("shared"):
        present = (shared_folder() / "pages" / "cases.jsonl").is_file()
        need("真实网页样本 GONGHUI_SHARED", present)


def pytest_terminal_summary(terminalreporter) -> None:
    for component, count in sorted(left_out.items()):
        terminalreporter.write_line(f"未测：{component} 不在本机，{count} 项没有运行。")
