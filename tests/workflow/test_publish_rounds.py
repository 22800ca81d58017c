"""One publishing brings the pages first, and the forms that were being made after."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from site_builder.forms.release import FormsMade
from site_builder.given import Audience
from tests.workflow.two_hosts import ASK, with_hosts
from workflow import forming
from workflow import publish_rounds as publish_rounds_module
from workflow.building import build_trees
from workflow.cli import run
from workflow.desk_pages import make_pages
from workflow.publish_rounds import publish_rounds
from workflow.publishing import choose_hosts
from workflow.run_lock import run_lock


class Press:
    """Puts the Word file, which needs no typesetting, for the PDF; or fails."""

    def __init__(self, real) -> None:
        self.real, self.fault = real, ""

    def __call__(self, bench, only=()):
        if self.fault:
            return FormsMade({}, {"pdf": self.fault})
        words = self.real(bench, ("docx",)).files["docx"]
        named = {name.replace(".docx", ".pdf"): file for name, file in words.items()}
        return FormsMade({"pdf": named}, {})


@pytest.fixture
def press(monkeypatch):
    made = Press(forming.make_forms)
    monkeypatch.setattr(forming, "make_forms", made)
    return made


@pytest.fixture
def public(press, lively):
    """An office whose released day has its forms and stands on two hosts."""
    office = with_hosts(lively.office)
    with office.store() as store:
        for audience in Audience:
            day = office.now.date()
            forming.make_day_forms(office, store, day, audience=audience)
        build_trees(office, store)
    list(rounds(office))
    return office


def pages(office, store):
    """The desk's acts on the pages; its worker is away."""
    return make_pages(office, store, lambda _at: None, work=lambda: None)


def rounds(office, **options):
    return publish_rounds(office, choose_hosts(office, ()), ASK, **options)


def withdraw(office, number):
    with office.store() as store:
        story_id = store.submission(number).story_id
        headline = store.story(story_id).headline
        pages(office, store).withdraw(story_id, "何某", "当事人要求", office.now)
    return headline


def on_host(office, suffix) -> list[str]:
    root = office.settings.folder / "host" / "wangpan"
    return sorted(f.relative_to(root).as_posix() for f in root.rglob(f"*{suffix}"))


def naming(office, headline) -> list[str]:
    root = office.settings.folder / "host" / "wangpan"
    files = [f for f in root.rglob("*.html") if f.is_file()]
    return [f.name for f in files if headline in f.read_text(encoding="utf-8")]


def test_what_was_withdrawn_goes_first_and_the_pdf_follows(public, lively):
    """Nobody publishes twice: the second sending brings the forms made anew."""
    before = on_host(public, ".pdf")
    headline = withdraw(public, lively.accepted)
    sending = rounds(public)
    first = next(sending)
    between = (on_host(public, ".pdf"), naming(public, headline))
    second = next(sending)

    assert before
    assert ([], []) == between
    assert "正在重做，做好就接着补发" in first.note
    assert before == on_host(public, ".pdf")
    assert "" == second.note
    assert [] == list(sending)


def test_the_command_says_both_sendings(public, lively, capsys):
    """One command, exit code 0, though a small site lost a fifth of its pages.

    Whoever withdrew the story has said so; the office reads what it waits for.
    """
    withdraw(public, lively.accepted)
    config = str(public.settings.file)
    code = run(["publish", "--config", config])
    told = capsys.readouterr().out

    assert 0 == code
    assert 2 == told.count("已发布到 wangpan")
    assert "正在重做，做好就接着补发" in told


def test_where_nothing_could_be_sent_no_form_is_waited_for(public, lively, monkeypatch):
    """The host's fault is told at once; the forms stay to be made."""
    withdraw(public, lively.accepted)
    # As if so many pages were missing and nobody had said so.
    monkeypatch.setattr(publish_rounds_module, "with_withdrawn", lambda ask, _: ask)
    hosts = choose_hosts(public, ())
    (only,) = publish_rounds(public, hosts, ASK)
    with public.store() as store:
        (job,) = store.forms_jobs().values()

    assert all("--confirm-fewer 6" in outcome.fault for outcome in only.outcomes)
    assert job.is_open


def test_without_forms_to_come_there_is_one_sending(public):
    """The ordinary day."""
    (only,) = rounds(public)

    assert "" == only.note


def test_forms_that_fail_are_told_and_the_rest_is_sent(public, lively, press):
    """What is lacking, why, and what to do; the pages are on the host."""
    headline = withdraw(public, lively.accepted)
    press.fault = "找不到字体"
    _, last = rounds(public)

    assert [] == naming(public, headline)
    assert "没有做成（PDF：找不到字体）" in last.note
    assert "做好后再运行一次 gonghui publish" in last.note


def test_a_worker_that_takes_too_long_is_not_waited_for(public, lively):
    """The publishing ends and says that the forms are not there yet."""
    withdraw(public, lively.accepted)
    _, last = rounds(public, patience=0)

    assert "还没有做好，做好后再运行一次 gonghui publish" in last.note


def test_a_withdrawal_that_the_pages_do_not_say_yet_is_never_published_past(
    public, lively, monkeypatch
):
    """Signed while the morning ran: the publishing after it takes it out first."""
    monkeypatch.setattr("workflow.desk_pages._WAIT", 0)
    with run_lock(public.data, public.now):
        headline = withdraw(public, lively.accepted)
    later = replace(public, now=public.now + timedelta(minutes=9))
    first = next(rounds(later))

    assert [] == naming(public, headline)
    assert all(outcome.receipt for outcome in first.outcomes)
