#!/usr/bin/env python3
"""Takes the guide's pictures from a built demonstration (make demo, then this).

Usage: .venv/bin/python scripts/screenshots.py [output/demo] [docs/images]
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SHOTS = (
    ("front-internal-desk", "internal/index.html", 1280, 900),
    ("front-public-phone", "public/index.html", 390, 844),
    ("story-phone", "public/stories", 390, 844),
    ("report-desk", "internal/report.html", 1280, 900),
    ("briefing-print", "internal/briefing", 1000, 1300),
)


def find_page(folder: Path) -> Path:
    """The page itself, or the newest page of a folder."""
    if folder.is_file():
        return folder
    pages = folder.rglob("*.html")
    return max(pages, key=lambda p: (len(p.stem), p.stem))


def main() -> None:
    """Write one PNG a shot."""
    places = (*sys.argv[1:], *("output/demo", "docs/images")[len(sys.argv) - 1 :])
    built, images = Path(places[0]).resolve(), Path(places[1])
    images.mkdir(parents=True, exist_ok=True)
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        for name, where, width, height in SHOTS:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(find_page(built / where).as_uri())
            page.wait_for_load_state("networkidle")
            page.screenshot(path=images / f"{name}.png")
            print(images / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
