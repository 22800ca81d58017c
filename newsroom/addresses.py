"""One article under several addresses: the address that stands for all of them.

A canonical address is a key for comparing, never an address to fetch: the scheme is
folded too, because the same page answers under http and https.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

_TRACKING = frozenset(
    {
        *("spm", "scm", "fbclid", "gclid", "msclkid", "isappinstalled", "nsukey"),
        *("wxshare", "wx_share", "sharer", "share_token", "share_from", "shareuid"),
        *("share_medium", "share_source", "sharesource", "share_plat", "share_tag"),
        *("share_session_id", "bbid", "bsource", "wfr", "chksm", "mpshare", "srcid"),
        *("sessionid", "jsessionid", "phpsessid", "aspsessionid", "cfid", "cftoken"),
        *("_t", "_r", "_rnd", "_timestamp", "vd_source", "unique_k", "tt_from"),
    }
)
_SHARE_VALUES = frozenset(
    {"timeline", "singlemessage", "groupmessage", "appmsg", "weibo", "qq", "qzone"}
    | {"wechat", "weixin"}
)
_SESSION = re.compile(r";(?:jsessionid|sessionid|phpsessid)=[^/?]*", re.IGNORECASE)
_INDEX = re.compile(
    r"(?<=/)(?:index|default)\.(?:s?html?|php|jsp|aspx?|do|action)$", re.IGNORECASE
)
_SLASHES = re.compile(r"/{2,}")
_DEFAULT_PORTS = frozenset({80, 443})
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff]+")
_PATH_SAFE = "/:@!$&'()*+,;=~-._"
# Under .cn: the kinds of owners and the provinces, two letters each.
_SECOND_LEVEL = frozenset({"com", "net", "org", "gov", "edu", "mil"})
_TWO_LETTERS = 2


def canonical_address(url: str) -> str:
    """The one address that stands for all addresses of a page.

    Scheme, host, ``www.``, default ports, index pages, tracking parameters, the order
    of parameters, session ids and fragments do not count; a fragment that is a route
    (``#/news/7844``) does. Idempotent; what is no web address comes back trimmed.
    """
    trimmed = _UNSAFE.sub("", url)
    try:
        parts = urlsplit(trimmed)
        port = parts.port
    except ValueError:
        return trimmed
    host = _host(parts.hostname or "")
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return trimmed
    shown_port = "" if port is None or port in _DEFAULT_PORTS else f":{port}"
    query = _query(parts.query)
    return (
        f"http://{host}{shown_port}{_path(parts.path)}"
        f"{'?' + query if query else ''}{_route(parts.fragment)}"
    )


def same_site(first: str, second: str) -> bool:
    """Whether two addresses belong to one site (``www.`` and sub-domains count)."""
    one, two = _site(first), _site(second)
    return bool(one) and one == two


def _host(hostname: str) -> str:
    host = hostname.lower().strip(".")
    while host.startswith("www."):
        host = host[4:].strip(".")
    return f"[{host}]" if ":" in host else host


def _path(path: str) -> str:
    plain = _SLASHES.sub("/", _SESSION.sub("", _decoded(path)))
    kept: list[str] = []
    segments = plain.split("/")
    for segment in segments:
        if segment == "..":
            kept = kept[:-1]
        elif segment and segment != ".":
            kept.append(segment)
    tail = "/" if kept and segments[-1] in {"", ".", ".."} else ""
    joined = "/" + "/".join(kept) + tail
    return quote(_INDEX.sub("", joined), safe=_PATH_SAFE + "%")


def _decoded(path: str) -> str:
    """Percent signs undone until nothing changes, so that folding twice is folding."""
    for _ in range(len(path)):
        decoded = unquote(path, errors="replace") if "%" in path else path
        decoded = _UNSAFE.sub("", decoded)
        if decoded == path:
            break
        path = decoded
    return path.replace("%", "%25") if "%" in path else path


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True, errors="replace")
    kept = [pair for pair in pairs if not _is_tracking(*pair)]
    return urlencode(sorted(kept))


def _is_tracking(name: str, value: str) -> bool:
    name = name.lower()
    if name.startswith("utm_") or name in _TRACKING:
        return True
    return name in {"from", "scene", "share"} and (
        value.lower() in _SHARE_VALUES or (name == "scene" and value.isdigit())
    )


def _route(fragment: str) -> str:
    return f"#{fragment}" if fragment.startswith(("/", "!/")) else ""


def _site(url: str) -> str:
    try:
        host = _host(urlsplit(_UNSAFE.sub("", url)).hostname or "")
    except ValueError:
        return ""
    labels = host.split(".")
    if len(labels) == 1 or labels[-1].isdigit():
        return host
    under_cn = labels[-1] == "cn" and (
        labels[-2] in _SECOND_LEVEL or len(labels[-2]) == _TWO_LETTERS
    )
    return ".".join(labels[-3:] if under_cn else labels[-2:])
