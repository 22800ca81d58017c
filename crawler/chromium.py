"""The installed browser: which program it is, and what to install where it is missing.

Only looking; the browser itself is driven by crawler/browser.py.
"""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
    r"Chromium\Application\chrome.exe",
)
_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")


def find_chromium() -> str | None:
    """The program of an installed browser of Chromium's family, None without one."""
    roots = [os.environ[name] for name in _FOLDERS if os.environ.get(name)]
    fixed = [*_MAC, *(str(Path(root) / one) for root in roots for one in _WINDOWS)]
    found = [*filter(None, map(shutil.which, _NAMES))]
    return next(iter([*found, *(one for one in fixed if Path(one).is_file())]), None)


def what_is_missing() -> str | None:
    """A sentence on what to install before a page can be rendered; None if nothing."""
    if find_spec("scrapy_playwright") is None:
        return (
            '这个来源要用浏览器读（render = "browser"），但没有装浏览器组件。'
            '请运行 pip install "gonghui-zhisheng[browser]"，'
            "源码安装的运行 uv sync --extra browser；下次运行会再试。"
        )
    if find_chromium() is None:
        return (
            '这个来源要用浏览器读（render = "browser"），但本机没有 Chromium。'
            "请安装 Chromium、Chrome 或 Edge 之一，下次运行会再试。"
        )
    return None
