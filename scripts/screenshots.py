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
    ("briefing-print", "internal/briefing", 1000, 1300),
)


def find_page(folder: Path) -> Path:
    """The page itself, or the newest day of a folder."""
    if folder.is_file():
        return folder
    return max(folder.glob("????-??-??.html"))


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
            # as on that morning: later the page says that it is an old one
            day = page.locator("html").get_attribute("data-day")
            if day:
                page.clock.set_fixed_time(f"{day}T08:00:00")
                page.reload()
            page.wait_for_load_state("networkidle")
            page.screenshot(path=images / f"{name}.png")
            print(images / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
