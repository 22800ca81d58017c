"""The nursery of a run: loading while the store is opened, gone with its user."""

import sys
from contextlib import suppress
from dataclasses import replace

import pytest

from crawler.nursery import loading
from newsroom.errors import NewsroomError
from workflow.collecting import loading_nursery
from workflow.office import open_office

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks need Linux")


@pytest.fixture
def office(config_file):
    return open_office(config_file)


def test_a_run_of_several_sources_has_a_nursery_and_ends_it(office):
    """It begins to load at once, and is gone when the run is over."""
    with loading_nursery(office, 2) as nursery:
        loading = nursery._process.poll()

    assert loading is None
    assert nursery._process.returncode is not None


def test_one_source_needs_no_nursery(office):
    """Loading Scrapy for a fork would cost one child as much as it saves."""
    with loading_nursery(office, 1) as nursery:
        pass

    assert nursery is None


def test_a_nursery_that_the_command_began_serves_its_run(office, nursery):
    """It loads while the settings are read; the run begins no second one."""
    with loading_nursery(office, 2, own=nursery) as used:
        pass

    assert used is nursery
    assert nursery._process.poll() is None


def test_a_command_that_fails_leaves_no_nursery():
    """Settings that cannot be read end the command, and what it had begun."""
    with suppress(NewsroomError), loading() as begun:
        raise NewsroomError("设置有误")

    assert begun._process.returncode is not None


def test_a_nursery_that_several_runs_share_outlives_each(office, nursery):
    """What the office brings along is used and left running."""
    with loading_nursery(replace(office, nursery=nursery), 2) as used:
        pass

    assert used is nursery
    assert nursery._process.poll() is None
