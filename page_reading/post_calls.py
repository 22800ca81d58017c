"""The list calls that a page's scripts make by POST, as addresses (newsroom.posted).

Families: ``$.post("/list", {...})``, ``$.ajax({type: "post", url: …, data: {...}})``,
``axios.post`` and ``fetch(…, {method: "POST", body: JSON.stringify({...})})``. Only calls
that ask for something by their address; what might write, count or log in is passed over.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from newsroom.posted import parameters_of, posted_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CALL = re.compile(
    r"(?:\$|jQuery|axios|http|request)\s*\.\s*(?P<post>post)\s*\(\s*[\"'](?P<url>[^\"'\n]{1,200})[\"']|"
    r"(?:\$|jQuery)\s*\.\s*ajax\s*\(\s*\{|\baxios\s*\(\s*\{|"
    r"\bfetch\s*\(\s*[\"'](?P<fetched>[^\"'\n]{1,200})[\"']\s*,\s*\{"
)
_IS_POST = re.compile(r"\b(?:type|method)\s*:\s*[\"']post[\"']", re.IGNORECASE)
_URL = re.compile(r"\burl\s*:\s*[\"']([^\"'\n]{1,200})[\"']")
_OBJECT = re.compile(r"\{([^{}]{0,600})\}")
_DATA = re.compile(
    r"\b(?:data|body|params)\s*:\s*(?:JSON\.stringify\s*\(\s*)?(?:\{([^{}]{0,600})\}|[\"']([^\"'\n]{0,400})[\"'])"
)
_FIELD = re.compile(
    r"[\"']?(?P<name>[A-Za-z_]\w*)[\"']?\s*:\s*(?:\"(?P<text>[^\"]*)\"|'(?P<other>[^']*)'|(?P<number>-?\d{1,12})|(?P<truth>true|false)\b|[\w$.\[\]()]+)"
)
_IS_JSON = re.compile(r"JSON\.stringify|application/json", re.IGNORECASE)
_ASKS = re.compile(
    r"list|query|search|page|find|news|article|info|content|channel|column|select",
    re.IGNORECASE,
)
_WRITES = re.compile(
    r"login|logout|save|add|insert|update|edit|delete|remove|submit|vote|like|praise|comment|count|hits?\b|visit|click|log\b|stat"
    r"|sms|code|captcha|upload|send|register|feedback|subscri|message|order|pay|user|token|auth|sign"
    r"|(?<![a-z])del|create|modif|reply|zan(?![a-z])|apply|incr",
    re.IGNORECASE,
)
# Fields by which one address does many things: /info.ashx with action=addHits.
_DEED = re.compile(
    r"a|f|m|act|action|method|do|op|oper|opt|operation|cmd|command|func|function|handler|type",
    re.IGNORECASE,
)
_REACH = 900


def find_post_calls(text: str, resolve: Callable[[str], str | None]) -> Iterator[str]:
    """The addresses of a script's list calls by POST; names stand for the first page."""
    for match in _CALL.finditer(text):
        reach = _own_part(text[match.end() : match.end() + _REACH])
        address, body = _called(match, reach)
        resolved = resolve(address) if address else None
        if resolved and _asks_only(resolved, body):
            yield posted_address(resolved, body)


def _own_part(reach: str) -> str:
    """What belongs to this call: up to its answer, or to the next call."""
    ends = (
        reach.find(word) for word in ("success", ".then", ".done", "function", "=>")
    )
    return reach[: min((end for end in ends if end >= 0), default=len(reach))]


def _called(match: re.Match[str], reach: str) -> tuple[str, str]:
    """The address and the text that one call posts; ("", "") for none."""
    if match["post"]:
        given = _OBJECT.search(reach)
        in_json = match[0].startswith(("axios", "http", "request"))
        return match["url"], _body(given[1] if given else "", in_json=in_json)
    if not _IS_POST.search(reach):
        return "", ""
    url = _URL.search(reach)
    address = match["fetched"] or (url[1] if url else "")
    data = _DATA.search(reach)
    if data and data[2] is not None:
        return address, data[2]
    in_json = bool(_IS_JSON.search(reach)) or match[0].startswith("axios")
    return address, _body(data[1] if data else "", in_json=in_json)


def _body(fields: str, *, in_json: bool) -> str:
    """The fields of a call's data as it posts them; what a name stands for is 1."""
    values = {match["name"]: _value(match) for match in _FIELD.finditer(fields)}
    if in_json:
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return urlencode(values)


def _value(match: re.Match[str]) -> str | int | bool:
    if match["number"]:
        return int(match["number"])
    if match["truth"]:
        return match["truth"] == "true"
    text = match["text"] if match["text"] is not None else match["other"]
    return 1 if text is None else text


def _asks_only(address: str, body: str) -> bool:
    """Whether a call asks for a list and, by its words, changes nothing."""
    path = urlsplit(address).path
    told = parameters_of(address) | parameters_of(posted_address(address, body))
    deeds = [value for name, value in told.items() if _DEED.fullmatch(name)]
    return bool(_ASKS.search(path)) and not any(map(_WRITES.search, (path, *deeds)))
