"""The forms of an edition, made and kept in data/releases/<day>/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from newsroom.edition import Edition
from newsroom.errors import NewsroomError, NotFound
from site_builder.card_shelf import remove_cards
from site_builder.form_watch import CARDS
from site_builder.forms.release import FORMS, bench_of, make_forms
from site_builder.given import Audience, SiteGiven

if TYPE_CHECKING:
    from story_store.store import Store
    from workflow.office import Office

FOLDER = "releases"


@dataclass(frozen=True, slots=True)
class Formed:
    """The files that stand now, by form, and a sentence for each form that failed."""

    folder: Path
    files: dict[str, tuple[Path, ...]]
    faults: dict[str, str]

    @property
    def sentences(self) -> tuple[str, ...]:
        """Each failure with the form's word."""
        words = {form.name: form.word for form in FORMS}
        return tuple(f"{words[name]}：{why}" for name, why in self.faults.items())


def form_folder(office: Office, day: date, audience: Audience) -> Path:
    """Where a day's forms for an audience lie."""
    return office.data / FOLDER / day.isoformat() / audience.value


def make_day_forms(
    office: Office,
    store: Store,
    day: date,
    *,
    audience: Audience = Audience.INTERNAL,
    only: Iterable[str] = (),
) -> Formed:
    """Make the forms of a day; a form that fails leaves its older files standing.

    Raises:
        NotFound: the day has no edition, or none that is released for the public.
    """
    edition = edition_of(store, day)
    if audience is Audience.PUBLIC and edition.release is None:
        raise NotFound(f"{day} 的简报还没有签发，没有公开的形式")
    fonts = office.settings.forms.fonts
    bench = bench_of(
        form_given(office, store, edition),
        edition,
        audience,
        fonts=office.settings.path(fonts) if fonts else None,
        cards=office.data / FOLDER / CARDS,
    )
    made = make_forms(bench, only)
    folder = form_folder(office, day, audience)
    folder.mkdir(parents=True, exist_ok=True)
    files = {name: _keep(folder, name, new) for name, new in made.files.items()}
    return Formed(folder, files, made.faults)


@dataclass(frozen=True, slots=True)
class Renewed:
    """Forms that were made anew.

    Attributes:
        cards: the names of the kept share cards that were taken away.
        held: the files that could not be removed, because a program holds them.
    """

    cards: tuple[str, ...]
    held: tuple[Path, ...]


def renew_forms(office: Office, store: Store, story_id: int) -> Renewed:
    """Make anew the forms that there are of each day that names a story.

    What cannot be made anew is removed: it would go on saying what was taken back. So
    are the story's share cards; where it still stands they are drawn again.
    """
    there = tuple(days_naming(office, store, story_id))
    taken = drop_forms(office, store, story_id)
    for day, forms in there:
        for audience, only in forms.items():
            with suppress(NewsroomError, OSError):
                make_day_forms(office, store, day, audience=audience, only=only)
    return taken


def drop_forms(office: Office, store: Store, story_id: int) -> Renewed:
    """Take down the forms of each day that names a story, and the story's cards."""
    gone, stuck = remove_cards(office.data / FOLDER / CARDS, story_id)
    held: list[Path] = list(stuck)
    for day, forms in days_naming(office, store, story_id):
        for audience in forms:
            held += drop_files(form_folder(office, day, audience))
    return Renewed(tuple(gone), tuple(held))


def days_naming(
    office: Office, store: Store, story_id: int
) -> Iterator[tuple[date, dict[Audience, tuple[str, ...]]]]:
    """Each day that names a story and has had forms, the oldest first.

    With it, by audience, which forms stand there: no names mean all of them. An
    audience without a file is left out.
    """
    for place in sorted((office.data / FOLDER).glob("????-??-??")):
        edition = store.edition(date.fromisoformat(place.name))
        if edition is None or not _names(edition, story_id):
            continue
        forms = {}
        for audience in tree_audiences(edition):
            folder = form_folder(office, edition.day, audience)
            if _files(folder):
                forms[audience] = _standing(folder)
        yield edition.day, forms


def _names(edition: Edition, story_id: int) -> bool:
    entries = (*edition.all_entries, *edition.week)
    return any(entry.story_id == story_id for entry in entries)


def drop_files(folder: Path) -> list[Path]:
    """Remove the files of one folder; those that could not be, a program holds them."""
    held = []
    for file in _files(folder):
        try:
            file.unlink()
        except OSError:
            held.append(file)
    return held


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.glob("*") if file.is_file()]


def _standing(folder: Path) -> tuple[str, ...]:
    """The forms that a folder has; of older days only the PDF is kept."""
    is_old = all(file.suffix == ".pdf" for file in _files(folder))
    return ("pdf", "cards") if is_old else ()


def edition_of(store: Store, day: date) -> Edition:
    """The edition of a day.

    Raises:
        NotFound: it has none.
    """
    edition = store.edition(day)
    if edition is None:
        raise NotFound(f"{day} 没有编过简报；先运行 gonghui morning")
    return edition


def tree_audiences(edition: Edition) -> tuple[Audience, ...]:
    """For whom an edition has forms: the office, and after release the public."""
    if edition.release is None:
        return (Audience.INTERNAL,)
    return (Audience.INTERNAL, Audience.PUBLIC)


def form_given(office: Office, store: Store, edition: Edition) -> SiteGiven:
    """What the forms of one edition are made from: it alone, and its stories."""
    settings, rules = office.settings, office.settings.rules
    entries = (*edition.all_entries, *edition.week)
    return SiteGiven(
        office=settings.office,
        edition_settings=settings.edition,
        site=settings.site,
        units=rules.units,
        topics=rules.topics,
        editions=(edition,),
        stories=tuple(store.stories(ids=sorted({e.story_id for e in entries}))),
        sources=(),
        report=None,
        pictures=office.data / "pictures",
        built_at=office.now,
    )


def _keep(folder: Path, form: str, files: dict[str, bytes]) -> tuple[Path, ...]:
    """Put the files of a form in place, whole or not at all; older parts go."""
    for name, content in files.items():
        place = folder / name
        if place.is_file() and place.read_bytes() == content:
            continue
        written = folder / f".{name}.new"
        written.write_bytes(content)
        written.replace(place)
    for old in folder.glob(f"*-{form}-*"):
        if old.name not in files:
            old.unlink()
    return tuple(folder / name for name in files)
