"""Addresses that are asked by POST: what is posted stands behind ``#POST:``.

``http://www.example.gov.cn/api/list#POST:channelId=3&pageNo=1`` is one address like any
other for whoever keeps, compares and turns lists; only who asks parts it. What is
posted is a form (``name=value&…``), or JSON where it begins with a brace.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import (
    parse_qsl,
    quote,
    unquote,
    urlencode,
    urlsplit,
    urlunsplit,
)

_MARK = "#POST:"
_PLAIN = '=&:,.[]-_+{}"'  # readable in config.toml


def posted_address(address: str, body: str) -> str:
    """The address of what is asked by posting this text."""
    return f"{address}{_MARK}{quote(body, safe=_PLAIN)}"


def split_posted(url: str) -> tuple[str, str | None]:
    """The address to ask, and the text to post; None: it is asked by GET."""
    address, mark, body = url.partition(_MARK)
    return (address, unquote(body)) if mark else (url, None)


def is_json(body: str) -> bool:
    """Whether a posted text is JSON; else it is a form."""
    return body.lstrip().startswith("{")


def parameters_of(url: str) -> dict[str, str]:
    """The plain parameters of an address, in its query or in what it posts."""
    address, body = split_posted(url)
    if body is None:
        return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
    if not is_json(body):
        return dict(parse_qsl(body, keep_blank_values=True))
    fields = _fields(body)
    return {name: str(v) for name, v in fields.items() if isinstance(v, str | int)}


def with_parameter(url: str, name: str, value: str) -> str:
    """The address with one parameter changed or added; JSON keeps a number a number."""
    address, body = split_posted(url)
    if body is None:
        parts = urlsplit(address)
        return urlunsplit(parts._replace(query=_changed(parts.query, name, value)))
    if not is_json(body):
        return posted_address(address, _changed(body, name, value))
    fields = _fields(body)
    number = value.isdecimal() and not isinstance(fields.get(name), str)
    fields[name] = int(value) if number else value
    return posted_address(
        address, json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    )


def _fields(body: str) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _changed(query: str, name: str, value: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([*((k, v) for k, v in pairs if k != name), (name, value)])
