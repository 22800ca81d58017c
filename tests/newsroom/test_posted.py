"""Addresses that are asked by POST."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from newsroom.posted import (
    parameters_of,
    posted_address,
    split_posted,
    with_parameter,
)

LIST = "http://www.example.gov.cn/api/list"


@given(st.text())
def test_what_is_posted_comes_back_whole(body):
    """An address and the text to post, put together, part again as they were."""
    assert (LIST, body) == split_posted(posted_address(LIST, body))


def test_an_address_without_the_mark_is_asked_by_get():
    """A query and a fragment of another kind are no posted text."""
    assert (f"{LIST}?page=1#/news", None) == split_posted(f"{LIST}?page=1#/news")


def test_a_posted_form_stays_readable():
    """A form stands in the address as it is posted."""
    assert f"{LIST}#POST:channelId=3&pageNo=1" == posted_address(
        LIST, "channelId=3&pageNo=1"
    )


def test_the_page_of_a_posted_form_is_turned():
    """One parameter changes, the others stay."""
    turned = with_parameter(f"{LIST}#POST:cid=3&pageNo=1", "pageNo", "2")

    assert {"cid": "3", "pageNo": "2"} == parameters_of(turned)


def test_the_page_of_posted_json_is_turned_and_stays_a_number():
    """A number of JSON stays a number, what is nested stays as it is."""
    body = json.dumps({"pageNo": 1, "query": {"cid": "3"}, "name": "工会"})

    turned = with_parameter(posted_address(LIST, body), "pageNo", "2")

    assert {"pageNo": 2, "query": {"cid": "3"}, "name": "工会"} == json.loads(
        split_posted(turned)[1]
    )
    assert {"pageNo": "2", "name": "工会"} == parameters_of(turned)


def test_the_page_of_a_query_is_turned():
    """An address that is asked by GET is turned in its query."""
    assert f"{LIST}?size=20&page=2" == with_parameter(
        f"{LIST}?page=1&size=20", "page", "2"
    )


def test_broken_json_has_no_parameters():
    """What is no JSON asks with nothing that could be turned."""
    assert {} == parameters_of(posted_address(LIST, "{pageNo: 1"))
    assert {} == parameters_of(posted_address(LIST, "{"))
