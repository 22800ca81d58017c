"""An office of its own for each test: settings, rule files, nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest

from config import load_settings
from crawler.nursery import Nursery
from newsroom.article import CHINA
from tests.crawler import hostile
from tests.workflow.lively import Lively, make_lively
from tests.workflow.mail_servers import imap_port, mailbox, replies  # noqa: F401 - fixtures
from tests.workflow.many_sites import ManySites, make_office
from tests.workflow.messengers import set_alarm  # noqa: F401 - a fixture
from tests.workflow.two_hosts import ASK, with_hosts
from workflow.office import Office
from workflow.publishing import choose_hosts, publish_all

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 9, 21, 6, 0, tzinfo=CHINA)
CONFIG = """
[office]
name = "枝江市总工会"
short_name = "枝江工会"
place = "枝江"
city = "宜昌"
icp = "{icp}"

[crawl]
user_agent = "GonghuiTest/1.0 (+mailto:test@example.org)"
retry_delays = []

[[calendar]]
year = 2026
holidays = ["2026-10-01 至 2026-10-07"]
workdays = ["2026-10-10"]

[[sources]]
id = "lanmu"
name = "样板工会网"
tier = "zj"
urls = ["{address}"]

[[sources]]
id = "queren"
name = "待定工会网"
tier = "yc"
enabled = false
confirmed = false

[[sources]]
id = "jcbs"
name = "镇街基层报送"
tier = "zhen"
kind = "local"
"""


@pytest.fixture
def make_config(tmp_path: Path) -> Callable[..., Path]:
    """Writes a config.toml with its rule files; keywords fill its blanks."""

    def make(
        address: str = "http://union.example.cn/xw/", icp: str = "鄂ICP备12345678号"
    ) -> Path:
        shutil.copytree(ROOT / "config", tmp_path / "config", dirs_exist_ok=True)
        file = tmp_path / "config.toml"
        file.write_text(CONFIG.format(address=address, icp=icp), encoding="utf-8")
        return file

    return make


@pytest.fixture
def config_file(make_config: Callable[..., Path]) -> Path:
    return make_config()


@pytest.fixture
def office(config_file: Path) -> Office:
    return Office(load_settings(config_file), NOW)


@pytest.fixture
def lively(office: Office) -> Lively:
    return make_lively(office)


@pytest.fixture
def published(lively: Lively) -> Office:
    """An office whose public tree stands on two hosts."""
    office = with_hosts(lively.office)
    publish_all(office, choose_hosts(office, ()), ASK)
    return office


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    with Nursery() as running:
        yield running


@pytest.fixture
def many(tmp_path: Path, nursery: Nursery) -> Iterator[Callable[..., ManySites]]:
    """Makes an office with these sources on one hostile server with these pages."""
    with ExitStack() as stack:

        def make(pages, *ids, robots=None, **more) -> ManySites:
            server = stack.enter_context(hostile.serving(pages, robots=robots))
            return make_office(tmp_path, server, ids, nursery, **more)

        yield make
