"""Forms after a correction or withdrawal: down at once, made anew by the worker."""

from __future__ import annotations

import zipfile
from datetime import timedelta

import pytest

from site_builder.forms.release import FormsMade
from workflow import forming, remaking
from workflow.desk_office import make_desk
from workflow.desk_work import work_off
from workflow.forming import make_day_forms
from workflow.run_lock import run_lock

HEADLINE = "1200份清凉包送到车间"
RIGHT = "1100份清凉包送到车间"
UNMADE = FormsMade({}, {"pdf": "找不到字体"})


class Press:
    """Makes the forms that need no typesetting, and counts; ``before`` goes first."""

    def __init__(self, real) -> None:
        self.real, self.times, self.before = real, 0, None

    def __call__(self, bench, only=()):
        self.times += 1
        if self.before is not None:
            made = self.before()
            if made is not None:
                return made
        return self.real(bench, ("docx", "text"))


@pytest.fixture
def press(monkeypatch):
    made = Press(forming.make_forms)
    monkeypatch.setattr(forming, "make_forms", made)
    return made


@pytest.fixture
def public(house, press):
    """A released story with its forms, at a desk whose worker is away; its number."""
    number = house.number()
    house.sign_all(number)
    house.browser("editor").post("/desk/edition/issue")
    house.release()
    make_day_forms(house.office, house.store, house.clock().date())
    hosts = ["testserver", "127.0.0.1"]
    make_desk(house.office, house.store, now=house.clock, hosts=hosts, wake=_asleep)
    press.times = 0
    return number


def _asleep():
    pass


def work(house) -> int:
    return work_off(house.office, house.store, now=house.clock, worker="w")


def withdraw(house, number):
    return house.act("editor", number, "withdraw", reason="当事人要求").content.decode()


def correct(house, number):
    text = house.text.replace("1200", "1100")
    told = {"title": RIGHT, "text": text, "note": "原文数字有误", "reason": "来电"}
    house.act("editor", number, "correct/propose", **told)
    mark = house.store.open_correction(number).mark
    return house.act("final", number, "correct/agree", mark=mark).content.decode()


def words(file) -> str:
    """All that a file says, a Word file's parts too."""
    if file.suffix != ".docx":
        return file.read_bytes().decode("utf-8", "replace")
    with zipfile.ZipFile(file) as archive:
        parts = [n for n in archive.namelist() if n.endswith(".xml")]
        return "".join(archive.read(n).decode("utf-8") for n in parts)


def naming(house, headline) -> list[str]:
    """The files of both trees and of the forms that show a headline."""
    roots = (house.office.output, house.office.data / "releases")
    files = [f for root in roots for f in root.rglob("*") if f.is_file()]
    return sorted(f.name for f in files if headline in words(f))


def forms(house) -> list[str]:
    """The files of forms that there are of today."""
    day = house.clock().date().isoformat()
    folder = house.office.data / "releases" / day / "internal"
    return sorted(f.name for f in folder.iterdir())


def page(house, path="published") -> str:
    return house.browser("editor").get(f"/desk/{path}").content.decode()


@pytest.mark.parametrize(
    ("change", "headline"), [(withdraw, "清凉包送到车间"), (correct, HEADLINE)]
)
def test_the_request_makes_no_form_and_leaves_none_that_is_stale(
    house, public, press, change, headline
):
    """Nothing is typeset while somebody waits; no file shows what no longer holds."""
    before = naming(house, headline)
    said = change(house, public)

    assert "2026-09-21.docx" in before
    assert 0 == press.times
    assert [] == forms(house)
    assert [] == naming(house, headline)
    assert "正在重做" in said
    assert "正在重做" in page(house)
    assert "正在重做" in page(house, "edition")


@pytest.mark.parametrize(
    ("change", "headline", "now_there"),
    [(withdraw, "清凉包送到车间", False), (correct, HEADLINE, True)],
)
def test_the_worker_makes_them_again_and_the_pages_link_them(
    house, public, change, headline, now_there
):
    """The Word file is back in the folder and the tree, and says what holds now."""
    change(house, public)
    house.clock.on(minutes=2)
    count = work(house)
    tree = list((house.office.output / "internal").rglob("*.docx"))

    assert 1 == count
    assert "2026-09-21.docx" in forms(house)
    assert 1 == len(tree)
    assert [] == naming(house, headline)
    assert now_there == (RIGHT in words(tree[0]))
    assert "已重做 9月21日 08:02" in page(house)
    assert "已重做 9月21日 08:02" in page(house, "edition")
    assert 0 == work(house)


def test_what_could_not_be_made_is_told_and_tried_again_by_hand(house, public, press):
    """没有做成 with the reason; 再试一次 makes them."""
    withdraw(house, public)
    press.before = lambda: UNMADE
    work(house)
    told = page(house)
    press.before = None
    day = house.clock().date().isoformat()
    asked = {"day": day, "page": "published"}
    house.browser("editor").post("/desk/edition/forms", asked)
    again = page(house)
    work(house)

    assert "没有做成：PDF：找不到字体" in told
    assert "再试一次" in told
    assert "没有做成" not in again
    assert "正在重做" in again
    assert "已重做" in page(house)
    assert "2026-09-21.docx" in forms(house)


def test_it_is_tried_three_times_by_itself_and_then_left_to_a_person(
    house, public, press
):
    """At once, and twice later; after that only by hand."""
    withdraw(house, public)
    press.before = lambda: UNMADE
    counts = []
    for _ in range(5):
        counts.append(work(house))
        house.clock.on(minutes=6)
    told = page(house)

    assert [1, 1, 1, 0, 0] == counts
    assert "没有做成：PDF：找不到字体" in told
    assert "自动再试" not in told
    assert "再试一次" in told


def test_nothing_is_tried_again_that_did_not_fail(house, public):
    """A second click, or a day that never was, is answered in words."""
    withdraw(house, public)
    work(house)
    asked = {"day": "2026-09-21", "page": "edition"}
    client = house.browser("editor")
    said = client.post("/desk/edition/forms", asked, follow=True).content.decode()
    none = client.post("/desk/edition/forms", {"day": "x", "page": ""}).status_code

    assert "没有要再做的" in said
    assert 400 == none


def test_a_worker_ended_in_the_middle_is_made_up_for(house, public, press):
    """What it had in hand is taken once more, and comes out the same."""
    withdraw(house, public)

    def end():
        raise SystemExit

    press.before = end
    with pytest.raises(SystemExit):
        work(house)
    press.before = None
    between = page(house)
    work(house)

    assert "正在重做" in between
    assert "2026-09-21.docx" in forms(house)
    assert [] == naming(house, "清凉包送到车间")
    assert "已重做" in page(house)


def test_asked_for_while_they_are_made_they_are_made_once_more(house, public, press):
    """The later change is never lost behind the earlier one's end."""
    withdraw(house, public)

    def ask_again():
        press.before = None
        house.store.ask_forms(house.clock().date(), {}, at=house.clock())

    press.before = ask_again
    count = work(house)

    assert 2 == count
    assert "已重做" in page(house)


def test_while_the_morning_is_at_the_trees_they_wait(house, public, monkeypatch):
    """That is no failure, however often; afterwards they are made."""
    monkeypatch.setattr(remaking, "_PATIENCE", 0)
    withdraw(house, public)
    with run_lock(house.office.data, house.clock()):
        for _ in range(5):
            work(house)
            house.clock.at += timedelta(minutes=1)
        waiting = page(house)
    work(house)

    assert "正在重做" in waiting
    assert "已重做" in page(house)


def test_the_forms_of_an_old_day_stay_as_few_as_they_were(house, public):
    """Of a day whose PDF alone is kept, only that is made again."""
    day = house.clock().date()
    place = house.office.data / "releases" / day.isoformat()
    for file in [f for f in place.rglob("*") if f.is_file()]:
        file.unlink()
    (place / "internal" / f"{day}.pdf").write_bytes(b"%PDF-")
    withdraw(house, public)
    (job,) = house.store.forms_jobs().values()

    assert {"internal": ["pdf", "cards"]} == job.asked
