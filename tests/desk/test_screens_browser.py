"""Every screen of the desk and the form in a real browser: axe-core, typed scripts.

One browser goes through all of them; what is wrong is told by screen.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
VIEWS = ("phone", "desktop")
VECTORS = (
    "<script>hit('script')</script>",
    "<img src=x onerror=hit('img')>",
    "<svg onload=hit('svg')>",
    "<svg><animate onbegin=hit(1) attributeName=x>",
    "<body onload=hit('body')>",
    "<details open ontoggle=hit('details')>",
    "<iframe srcdoc='<script>parent.hit(1)</script>'>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "<object data=javascript:hit(1)>",
    "<embed src=//evil.example/x.swf>",
    "<form action=//evil.example><button autofocus onfocus=hit(1)>",
    "<button formaction=javascript:hit(1)>",
    "<style>@import '//evil.example/x.css'</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<a href=javascript:hit(1)>a</a>",
    "<a href='jav\tascript:hit(1)'>b</a>",
    "<a href='data:text/html,<script>hit(1)</script>'>c</a>",
    "<math><mtext><table><mglyph><style><!--</style><img src=x onerror=hit(1)>",
    "<noscript><p title='</noscript><img src=x onerror=hit(1)>'>",
    "<svg></p><style><a id='</style><img src=1 onerror=hit(1)>'>",
    "</textarea><script>hit('textarea')</script>",
    "</title><script>hit('title')</script>",
    "--><script>hit('comment')</script>",
    '" autofocus onfocus=hit(1) x="',
    "' onmouseover=hit(1) '",
    "<video><source onerror=hit(1)>",
    "<marquee onstart=hit(1)>",
    "<input autofocus onfocus=hit(1)>",
    "<select autofocus onfocus=hit(1)>",
    "{{7*7}}{% include 'x' %}${7*7}",
    "<x style='background:url(//evil.example/x)'>",
    "]]><script>hit('cdata')</script>",
    "<scr<script>ipt>hit(1)</scr</script>ipt>",
)


def _form_screens(visit, link):
    """The form's screens one after another, as a chair comes to them."""
    page = visit.page(f"/s/{link}/")
    yield "mine", page
    page.get_by_role("button", name="报一件事").click()
    page.wait_for_url(re.compile(r"/topic$"))
    yield "topic", page
    page.get_by_role("button", name="夏送清凉").click()
    page.wait_for_url(lambda url: not url.endswith("/topic"))
    for _ in range(8):
        yield page.url.rsplit("/", 1)[1], page
        if page.url.endswith("/send"):
            return
        page.evaluate(
            "for (const e of document.querySelectorAll('main input[type=text]"
            ":not([tabindex]), main textarea'))"
            " { if (!e.value) e.value = '清凉包1200份' }"
        )
        before = page.url
        page.get_by_role("button", name="下一步").click()
        page.wait_for_url(lambda url, before=before: url != before)


def _paths(house, number, returned):
    """Where each of the cast goes; None is a stranger."""
    link, photo = house.links["afs"], house.store.submission(number).photos[0].file
    token = house.store.invite(
        "welcome",
        at=house.clock(),
        lasts=timedelta(hours=1),
        account_id=house.people["editor"].id,
    )
    house.store.invite("setup", at=house.clock(), lasts=timedelta(minutes=30))
    story = f"/desk/s/{number}"
    return (
        *((None, path) for path in ("/lesson", "/desk/login", "/desk/setup", "/none")),
        (None, f"/desk/welcome/{token}"),
        (None, f"/s/{link}/whole"),
        (None, f"/s/{link}/r/{number}"),
        (None, f"/s/{link}/r/{returned}/mend"),
        (None, f"/s/{link}/"),
        ("editor", "/desk/"),
        ("editor", "/desk/?tab=used"),
        ("editor", f"{story}/"),
        ("editor", f"{story}/form"),
        ("editor", f"{story}/photo/{photo}/edit"),
        ("editor", "/desk/edition"),
        ("editor", "/desk/rules"),
        ("final", "/desk/rules/checks"),
        ("final", f"{story}/"),
        ("final", "/desk/edition"),
        ("admin", "/desk/people"),
        ("admin", "/desk/password"),
        ("admin", "/desk/rules/units"),
    )


@pytest.fixture
def stories(house, picture):
    """A story with findings and a photo, and one that was sent back."""
    text = house.text + "\n截止目前，报名登录 www.example.org 。"
    number = house.number(photo=picture(), text=text)
    returned = house.number(title="另一件事")
    house.act("editor", returned, "return", reason="result", questions="发了多少？")
    return number, returned


@pytest.fixture
def hostile(house, picture):
    """The same with scripts in every field that can be typed into."""
    bad = "\n".join(VECTORS)
    number = house.number(
        title=VECTORS[0],
        place="".join(VECTORS[1:3]),
        author=VECTORS[1][:40],
        reviewer="<svg onload=hit(1)>",
        text=house.text + "\n" + bad,
        photo=picture(),
    )
    house.act("editor", number, "comment", text=bad)
    returned = house.number(unit="afs", title=VECTORS[25])
    house.act("editor", returned, "return", reason="result", questions=bad[:400])
    return number, returned


def test_axe_finds_nothing_on_any_screen(house, stories, visit, axe_faults):
    """WCAG A and AA and the good practices of axe-core, phone and desktop."""
    number, returned = stories
    faults = []
    for who, path in _paths(house, number, returned):
        page = visit.page(path, who=who)
        faults += [f"{path}: {line}" for line in axe_faults(page, VIEWS)]
        page.context.close()
    for name, page in _form_screens(visit, house.links["ds"]):
        faults += [f"form {name}: {line}" for line in axe_faults(page, VIEWS)]

    assert [] == faults
    assert [] == visit.faults


def test_a01_a02_nothing_that_was_typed_runs(house, hostile, visit):
    """A01, A02: 34 vectors in every field; no script, no request, no refusal by CSP."""
    number, returned = hostile
    asked, hits = [], []
    for who, path in _paths(house, number, returned):
        page = visit.page("/lesson", who=who)
        page.expose_function("hit", lambda what: hits.append(what))  # noqa: PLW0108 - playwright asks for a function
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: hits.append(dialog.message))
        page.goto(f"{visit.base}{path}")
        page.wait_for_load_state("networkidle")
        page.context.close()

    assert [] == hits
    assert [] == [url for url in asked if not url.startswith((visit.base, "blob:"))]
    assert [] == visit.faults
