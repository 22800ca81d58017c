"""The settings of the demonstration's office, which lives beside the real one.

Its store, inbox and pages are folders of their own; the rule files are the shipped
ones, so that the demonstration shows what the office will get.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import tomlkit

import config
from demo.articles import NAMES
from demo.scenario import EXTRA_WORKING_DAYS, HOLIDAYS
from demo.server import LOOPBACK
from demo.sites import API_PATH, API_ROWS

BANNER = "演示：人物、企业和事件均为虚构"
"""What every page of the demonstration says on top."""

_RULE_FILES = {
    "units": "units.toml",
    "topics": "topics.toml",
    "sources": "sources.toml",
    "highlight": "highlight.toml",
    "checks": "checks.toml",
    "ledger": "ledger.toml",
    "templates": "story_templates.toml",
    "leaders": "leaders.toml",
}


def write_settings(
    folder: Path, ports: Mapping[str, int], *, output: Path = Path("output/demo")
) -> Path:
    """Write ``folder/config.toml`` for sample sites at these ports; gives its path.

    Store and inbox lie in ``folder``; ``output`` is taken from the working directory.
    The settings never lower the floors of politeness: leave to reach loopback, and to
    ask it faster, is given by the caller.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "config.toml"
    values = _office() | {
        "site": {
            "title": "工会之声（演示）",
            "output": output.resolve().as_posix(),
            "banner": BANNER,
            "noindex": True,
        },
        "store": {"folder": "store"},
        "inbox": {"folder": "inbox"},
        "crawl": {
            "user_agent": "GonghuiZhisheng-demo/0.1 (loopback only; demo@example.com)",
            "delay": 2.0,
            "retry_delays": [],
        },
        "forms": {"morning": False},  # made once, when the last morning is over
        "schedule": {"backup": ""},  # nothing here is worth a backup, or an alarm
        "rules": _rule_files(),
        "calendar": [_calendar()],
        "reminder": _reminders(),
        "sources": _sources(ports),
    }
    path.write_text(tomlkit.dumps(values), encoding="utf-8")
    return path


def _office() -> dict[str, Any]:
    return {
        "office": {
            "name": "枝江市总工会（演示）",
            "short_name": "枝江工会",
            "place": "枝江",
            "city": "宜昌",
            "publisher": "枝江市总工会办公室（演示）",
            "public_phones": ["12351"],
            "icp": "鄂ICP备00000000号-1",
        },
        "edition": {
            "next_number": 178,
            "next_total": 178,
            "report_to": "市总工会领导班子",
            "send_to": "各部室",
            "issue_to": "各镇（街道）总工会，各局、园区、行业工会",
            "copies": 40,
        },
    }


def _rule_files() -> dict[str, str]:
    folder = Path(config.__file__).parent / "config"
    return {name: (folder / file).as_posix() for name, file in _RULE_FILES.items()}


def _calendar() -> dict[str, Any]:
    return {
        "year": 2026,
        "holidays": list(HOLIDAYS),
        "workdays": list(EXTRA_WORKING_DAYS),
    }


def _reminders() -> list[dict[str, Any]]:
    rows = (
        ("9月25日至27日中秋放假三天，28日照常出版", (9, 21), (9, 24)),
        ("10月1日至7日国庆放假，10月10日（周六）调休上班", (9, 28), (9, 30)),
        ("职工“五小”创新成果10月20日截止申报，还没报的抓紧", (9, 29), (10, 20)),
        ("距年终考核还有三个月，请各单位对照工作要点查缺补漏", (9, 21), (9, 30)),
    )
    return [
        {"text": text, "since": date(2026, *since), "until": date(2026, *until)}
        for text, since, until in rows
    ]


def _sources(ports: Mapping[str, int]) -> list[dict[str, Any]]:
    def address(site: str, path: str) -> str:
        return f"http://{LOOPBACK}:{ports[site]}{path}"

    api = f"{API_PATH}?jsoncallback=jQuery18309&areaid=9&webid=352&cid=44"
    sources: dict[str, dict[str, Any]] = {
        "hubei": {
            "tier": "sheng",
            "urls": [
                address("hubei", f"/xw/{column}/index.html")
                for column in ("ghyw", "szxgh", "wqbz")
            ],
        },
        "yichang": {
            "tier": "yc",
            "kind": "list_api",
            "city": "宜昌",
            "urls": [address("yichang", f"{api}&page=1&pagenums={API_ROWS}&orderby=0")],
            "api": {
                "rows": "data",
                "title": "title",
                "date": "vc_inputtime",
                "url_template": address("yichang", "/content-44-{n_id}-1.html"),
                "page_param": "page",
                "total": "allnums",
                "page_size": API_ROWS,
            },
        },
        "zhijiang": {
            "tier": "zj",
            "own": True,
            "city": "枝江",
            "urls": [
                address("zhijiang", f"/newslist.asp?lb={column}&page=1")
                for column in ("1", "2")
            ],
        },
        "portal": {
            "tier": "zj",
            "kind": "feed",
            "union_filter": True,
            "city": "枝江",
            "urls": [address("portal", "/rss/news.xml")],
        },
        "jingzhou": {
            "tier": "tashan",
            "kind": "feed",
            "city": "荆州",
            "urls": [address("jingzhou", "/xwzx/atom.xml")],
        },
    }
    local = {
        "id": "jcbs",
        "name": "镇街基层报送",
        "tier": "zhen",
        "kind": "local",
        "own": True,
        "city": "枝江",
    }
    named = [{"id": site, "name": NAMES[site]} | row for site, row in sources.items()]
    return [*named, local]
