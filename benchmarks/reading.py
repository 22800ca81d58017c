"""Accuracy and speed of reading, beside the best known libraries, on real pages.

    python benchmarks/reading.py [--pages FOLDER] [--others]
    python benchmarks/reading.py --memory N

FOLDER holds cases.jsonl, score.py and the saved pages (default: ../shared/pages). With
``--others`` trafilatura, GNE, newspaper4k and readability read the same articles; they
come with ``uv sync --group bench``. Speed is pages per CPU second of this process.
With ``--memory N`` the saved pages are read in turn until N were read, and the memory
of the process is printed at each tenth: it must stay flat.
"""

from __future__ import annotations

import argparse
import json
import runpy
import sys
import time
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from page_reading import decode, read_case

if TYPE_CHECKING:
    from collections.abc import Callable

Reading = dict[str, Any]


def main() -> None:
    """Print one column of figures a reader."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--pages", type=Path, default=Path("../shared/pages"))
    parser.add_argument("--others", action="store_true")
    parser.add_argument("--memory", type=int, metavar="N", default=0)
    options = parser.parse_args()
    text = (options.pages / "cases.jsonl").read_text("utf-8")
    cases = [json.loads(line) for line in text.splitlines()]
    if options.memory:
        _show_memory(cases, options.pages, options.memory)
        return
    articles = [case for case in cases if case["kind"] == "article"]
    columns = {"page_reading": _measure(cases, _ours(options.pages), options.pages)}
    for name, read in _others(options.pages).items() if options.others else ():
        columns[name] = _measure(articles, read, options.pages)
    _show(columns)


def _ours(folder: Path) -> Callable[[Reading], Reading]:
    return lambda case: read_case(case, folder)


def _show_memory(cases: list[Reading], folder: Path, total: int) -> None:
    """Read until ``total`` pages were read; MB resident at each tenth."""
    process = psutil.Process()
    started = time.process_time()
    for number, case in enumerate(islice(cycle(cases), total), start=1):
        read_case(case, folder)
        if number * 10 // total > (number - 1) * 10 // total:
            megabytes = process.memory_info().rss / 2**20
            seconds = time.process_time() - started
            print(f"{number:>8} pages {megabytes:8.1f} MB {seconds:8.1f} CPU s")


def _measure(
    cases: list[Reading], read: Callable[[Reading], Reading], folder: Path
) -> dict[str, float]:
    """Scores by the corpus's own scorer, and articles read per CPU second."""
    articles = [case for case in cases if case["kind"] == "article"]
    for case in articles[:3]:
        read(case)  # imports and compiled patterns are not the page's cost
    started = time.process_time()
    readings = {case["id"]: read(case) for case in articles}
    speed = len(articles) / (time.process_time() - started)
    readings |= {case["id"]: read(case) for case in cases if case["kind"] != "article"}
    return {"pages/CPU s": speed, **_scores(cases, readings, folder)}


def _scores(
    cases: list[Reading], readings: dict[str, Reading], folder: Path
) -> dict[str, float]:
    scorer = runpy.run_path(str(folder / "score.py"))
    totals: dict[str, list[float]] = {}
    for case in cases:
        score = scorer[f"score_{case['kind']}"]
        for field, value in score(case, readings[case["id"]], lambda *_: False).items():
            hit, of = value if isinstance(value, tuple) else (value, 1)
            known = totals.setdefault(field, [0.0, 0.0])
            known[0] += hit
            known[1] += of
    return {field: hit / of if of else 1.0 for field, (hit, of) in totals.items()}


def _others(folder: Path) -> dict[str, Callable[[Reading], Reading]]:
    """What the libraries give, asked as their manuals say, on text decoded by us."""
    import newspaper
    import trafilatura
    from gne import GeneralNewsExtractor
    from lxml import html as lxml_html
    from readability import Document

    general = GeneralNewsExtractor()

    def text_of(case: Reading) -> str:
        return decode((folder / case["file"]).read_bytes()).text

    def by_trafilatura(case: Reading) -> Reading:
        found = trafilatura.bare_extraction(
            text_of(case), url=case.get("url"), with_metadata=True
        )
        known = found.as_dict() if found else {}
        return {
            "title": known.get("title"),
            "date": known.get("date"),
            "author": known.get("author"),
            "body": known.get("text"),
        }

    def by_gne(case: Reading) -> Reading:
        found = general.extract(text_of(case))
        return {
            "title": found["title"],
            "date": found["publish_time"].replace("/", "-"),
            "author": found["author"] or None,
            "body": found["content"],
            "images": found["images"],
        }

    def by_newspaper(case: Reading) -> Reading:
        # its Chinese mode needs jieba; reading does not, only its key words do
        url = case.get("url") or "http://localhost/"
        found = newspaper.article(url, language="en", input_html=text_of(case))
        return {
            "title": found.title,
            "date": found.publish_date.isoformat() if found.publish_date else None,
            "author": "、".join(found.authors) or None,
            "body": found.text,
        }

    def by_readability(case: Reading) -> Reading:
        found = Document(text_of(case))
        return {
            "title": found.short_title(),
            "body": lxml_html.fromstring(found.summary()).text_content(),
        }

    return {
        "trafilatura": _careful(by_trafilatura),
        "gne": _careful(by_gne),
        "newspaper4k": _careful(by_newspaper),
        "readability": _careful(by_readability),
    }


def _careful(read: Callable[[Reading], Reading]) -> Callable[[Reading], Reading]:
    """A library that fails on a page has read nothing of it."""

    def reader(case: Reading) -> Reading:
        try:
            return read(case)
        except Exception:  # noqa: BLE001 - whatever another library raises is its result
            return {}

    return reader


def _show(columns: dict[str, dict[str, float]]) -> None:
    fields = list(columns["page_reading"])
    print(" " * 16, *(f"{name:>13}" for name in columns))
    for field in fields:
        cells = (column.get(field) for column in columns.values())
        shown = ("-" if value is None else f"{value:.3f}" for value in cells)
        print(f"{field:16}", *(f"{cell:>13}" for cell in shown))


if __name__ == "__main__":
    main()
