"""The live site as a reader meets it: the office's own address, and no other."""

from __future__ import annotations

import posixpath
import re
import ssl
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

from publisher.browsing import Answer, Browser, NoAnswer
from publisher.compared import Compared, shortened

MOST_PAGES = 200
CERTIFICATE_DAYS = 21
OLDEST = timedelta(days=4)  # a long weekend without an edition is no fault
_LINK = re.compile(rb"\s(?:href|src)=\"([^\"#?]+)", re.IGNORECASE)
_OUTSIDE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_OK = 200
_MOVED = frozenset({301, 302, 303, 307, 308})
_FRONT = "index.html"
_WANTED_HEADERS = (
    ("content-security-policy", "浏览器不知道只许载入本站的内容"),
    ("x-content-type-options", "浏览器可能把文件当成别的类型"),
    ("referrer-policy", "读者点外链时会带上本站地址"),
)


@dataclass(frozen=True, slots=True)
class LiveReport:
    """What was found; ``faults`` must be mended, ``notes`` should be.

    Attributes:
        url: the address that was looked at.
        pages: how many pages and files were fetched.
        compared: how many were compared with the release by content.
        certificate_days: days that the certificate is still good; None for http.
        age: the age of the newest edition; None when unknown.
    """

    url: str
    pages: int = 0
    compared: int = 0
    certificate_days: int | None = None
    age: timedelta | None = None
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def verify_site(
    url: str,
    hashes: Mapping[str, str],
    sample: tuple[str, ...],
    now: datetime,
    *,
    context: ssl.SSLContext | None = None,
) -> LiveReport:
    """Look at the live site from its front page on.

    Args:
        url: the address that readers open.
        hashes: what the host should hold: path and sha256; empty when unknown.
        sample: the paths to compare by content.
        now: the time, aware.
        context: how certificates are checked; the system's way when None.
    """
    base = url if url.endswith("/") else f"{url}/"
    browser = Browser(base, context)
    try:
        opened = browser.fetch("")
        moved = _moved_to(opened, base)
        if moved and _is_same_but_safe(base, moved):
            browser.close()
            found = verify_site(moved, hashes, sample, now, context=context)
            note = f"网址会转到 {moved}：请把 config.toml 里的 url 改成它"
            return replace(found, url=url, notes=(note, *found.notes))
        if moved:
            return LiveReport(url, faults=(_elsewhere(url, moved),))
        return replace(_look(browser, opened, hashes, sample, now), url=url)
    except NoAnswer as error:
        return LiveReport(url, faults=(f"{url} 打不开：{error}",))
    finally:
        browser.close()


def _look(
    browser: Browser,
    opened: Answer,
    hashes: Mapping[str, str],
    sample: tuple[str, ...],
    now: datetime,
) -> LiveReport:
    """What a look at a site finds whose address was opened already."""
    front = browser.fetch(_FRONT)
    end = browser.certificate_end()
    days = (end - now).days if end else None
    faults = [*_certificate(days), *_first_sight(opened, front)]
    age = _age(browser, now)
    if age is None:
        faults.append("edition.json 打不开或看不懂：网站可能没有发布完整")
    elif age > OLDEST:
        faults.append(f"最新一期已是 {age.days} 天前的：请检查早晨任务和发布")
    seen = Compared(hashes)
    for path in sample:
        seen.compare(path, _good(browser, path))
    pages, dead = _walk(browser, front, seen)
    faults += seen.faults()
    links = [f"{page} 上的链接 {target} 打不开（{why}）" for page, target, why in dead]
    faults += shortened(links, "个链接也打不开")
    notes = tuple(_headers(front, browser.url))
    return LiveReport(
        browser.url, pages, len(seen.seen), days, age, tuple(faults), notes
    )


def _moved_to(opened: Answer, base: str) -> str:
    """Where the address leads instead; empty where it answers itself."""
    target = opened.headers.get("location", "")
    return urljoin(base, target) if opened.status in _MOVED and target else ""


def _is_same_but_safe(base: str, moved: str) -> bool:
    """The same place by https: the only other address that is looked at."""
    old, new = urlsplit(base), urlsplit(moved)
    return (old.scheme, new.scheme) == ("http", "https") and (
        old.hostname == new.hostname
    )


def _elsewhere(url: str, moved: str) -> str:
    if urlsplit(moved)[:3] == urlsplit(url)[:3]:
        return (
            f"{url} 转来转去还是它自己，读者打不开：请在主机面板里看看"
            "有没有多余的跳转（强制 https、带不带 www、CDN 各设了一次）"
        )
    return (
        f"{url} 转到了 {moved}，没有跟着去看：是自己的新网址，"
        "就把 config.toml 里的 url 改成它；不认识，请马上问主机商"
    )


def _first_sight(opened: Answer, front: Answer) -> Iterator[str]:
    """Whoever types the address alone should see the front page."""
    if front.status != _OK:
        yield f"首页 index.html 打不开（状态 {front.status}）：请看看发布成功没有"
    elif opened.status != _OK:
        yield (
            f"只写网址打不开（状态 {opened.status}），写全 index.html 才行："
            "请在主机面板里把默认首页设为 index.html"
        )
    elif opened.body != front.body:
        yield (
            "只写网址看到的不是首页：主机先给了别的文件（如 index.php、default.htm）"
            "或旧的缓存。请在主机面板里把默认首页设为 index.html，并清缓存"
        )


def _certificate(days: int | None) -> Iterator[str]:
    if days is not None and days < CERTIFICATE_DAYS:
        yield f"证书还有 {days} 天到期：请主机商续期，到期后读者打不开网站"


def _headers(front: Answer, base: str) -> Iterator[str]:
    if not base.startswith("https:"):
        yield "网站还没有用 https：请主机商开通证书"
    kind = front.headers.get("content-type", "")
    if "charset=utf-8" not in kind.lower().replace(" ", ""):
        yield f"网页没有声明 utf-8（主机说的是 {kind or '什么也没说'}）：可能显示乱码"
    for name, harm in _WANTED_HEADERS:
        if name not in front.headers:
            yield f"缺少响应头 {name}（{harm}）：写法见 deploy/"


def _age(browser: Browser, now: datetime) -> timedelta | None:
    try:
        answer = browser.fetch("edition.json")
    except NoAnswer:
        return None
    found = re.search(rb'"day":\s*"(\d{4}-\d\d-\d\d)"', answer.body)
    if answer.status != _OK or found is None:
        return None
    return timedelta(days=(now.date() - date.fromisoformat(found[1].decode())).days)


def _good(browser: Browser, path: str) -> Answer | str:
    """The good answer, or why there is none."""
    try:
        answer = browser.fetch(path)
    except NoAnswer as error:
        return str(error)
    return answer if answer.status == _OK else f"状态 {answer.status}"


def _walk(
    browser: Browser, front: Answer, compared: Compared
) -> tuple[int, list[tuple[str, str, str]]]:
    """Every page that the front page leads to, at most 200; and the dead links."""
    dead: list[tuple[str, str, str]] = []
    if front.status != _OK:
        return 1, dead
    compared.compare(_FRONT, front)
    seen = {_FRONT}
    queue = deque([(_FRONT, front.body)])
    while queue:
        page, body = queue.popleft()
        for target in _links(body, page):
            if target in seen or len(seen) >= MOST_PAGES:
                continue
            seen.add(target)
            answer = _good(browser, target)
            if isinstance(answer, str):
                dead.append((page, target, answer))
                continue
            compared.compare(target, answer)
            if target.endswith(".html"):
                queue.append((target, answer.body))
    return len(seen), dead


def _links(body: bytes, page: str) -> Iterator[str]:
    for raw in _LINK.findall(body):
        href = unquote(unescape(raw.decode(errors="replace")))
        if _OUTSIDE.match(href):
            continue
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), href))
        if not path.startswith(("../", "/")) and path != "..":
            yield path
