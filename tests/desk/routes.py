"""Every address of the desk with real values in its places."""

from __future__ import annotations

import re
from urllib.parse import quote

from django.urls import get_resolver


def routes():
    return {p.name: str(p.pattern) for p in get_resolver().url_patterns}


def paths(house, number, token, key="k", photo="x.jpg"):
    """Every route with real values in its places."""
    values = {
        "number": quote(number),
        "token": token,
        "key": key,
        "path:name": "index.html",
    }
    return {name: "/" + _fill(path, values, photo) for name, path in routes().items()}


def _fill(pattern, values, photo):
    other = photo if "photo" in pattern else "draft"
    return re.sub(r"<(?:str|path):(\w+)>", lambda m: values.get(m[1], other), pattern)
