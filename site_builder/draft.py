"""A tree in the making: what is kept of the old one, what is new, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.check import SiteFault, dead_links, links_of
from site_builder.files import Job
from site_builder.form_files import FormFile
from site_builder.links import Kind, read_address
from site_builder.making import Made, put_beside
from site_builder.manifest import Manifest, Noted, mark_of, unpack_marks
from site_builder.shown import PictureFolder
from site_builder.switch import Workshop

PICTURES = "pictures/"


@dataclass(slots=True)
class Draft:
    """One build of one tree.

    Attributes:
        out: the tree as it stands.
        workshop: where new files wait.
        manifest: what was noted of the tree, and is being noted.
        build: the number of this build.
        kept: the files that were looked at and stand as they shall.
        staged: files that differ from what stands.
        led: the marks of all that pages made now lead to.
    """

    out: Path
    workshop: Workshop
    manifest: Manifest
    build: int
    kept: set[str] = field(default_factory=set)
    staged: list[str] = field(default_factory=list)
    led: set[int] = field(default_factory=set)
    faults: list[SiteFault] = field(default_factory=list)

    def wants(self, pictures: PictureFolder, job: Job) -> bool:
        """Whether the file must be made: it stands not as this job would make it."""
        first = self.build == 1
        if first or not job.key or self.manifest.key(job.path) != job.key:
            return True
        asked = self.manifest.asked(job.path)
        if any((name in pictures) != was for name, was in asked):
            return True
        self.kept.add(job.path)
        return False

    def take(self, made: Made) -> None:
        """Note a file that was made."""
        self.faults += made.faults
        self.led.update(unpack_marks(made.noted.links))
        self.manifest.note(made.path, made.noted, self.build)
        if made.differs:
            self.staged.append(made.path)

    def place(self, path: str, content: bytes, key: str = "") -> None:
        """Note a file whose bytes are there, and stage it if it differs."""
        standing, differs = put_beside(self.out, self.workshop, path, content)
        self.take(Made(path, Noted(standing, key), differs))

    def place_forms(self, files: Iterable[FormFile]) -> None:
        """Copy the files of forms that are new or have changed."""
        for one in files:
            path = one.address.path
            if self.manifest.key(path) == one.key:
                self.kept.add(path)
            else:
                self.place(path, one.source.read_bytes(), one.key)

    def place_pictures(self, folder: Path) -> None:
        """Copy the pictures that pages show; a picture's name is its content."""
        shown = {PICTURES + name for name in self.manifest.pictures_linked()}
        there = set(self.manifest.paths(PICTURES))
        self.kept |= shown & there
        for path in sorted(shown - there):
            source = folder / path.removeprefix(PICTURES)
            self.place(path, source.read_bytes())
        self.manifest.forget(there - shown)

    def dead_links(self, gone: Iterable[str]) -> list[SiteFault]:
        """Links that lead nowhere: of new pages, and of old ones that lost a target."""
        lost = {mark_of(path) for path in gone if _is_led_to(path)}
        dead = self.manifest.missing(self.led | lost)
        if not dead:
            return []
        # A page that was kept had no dead link; one may have died under it since.
        pages = self.manifest.leading_to(dead, None if lost else self.build)
        faults = dead_links({page: self._led_to(page, dead) for page in pages}, set())
        self.manifest.doubt_keys(fault.path for fault in faults)
        return faults

    def _led_to(self, page: str, marks: set[int]) -> set[str]:
        """The links of a page that have one of these marks."""
        waiting = self.workshop.next / page
        content = (waiting if waiting.exists() else self.out / page).read_bytes()
        return {link for link in links_of(content, page) if mark_of(link) in marks}


def _is_led_to(path: str) -> bool:
    """Whether pages lead to such a file; parts of the search are named by a script."""
    address = read_address(path)
    return address is None or address.kind is not Kind.SEARCH_PART


def form_paths(manifest: Manifest) -> list[str]:
    """The files of forms that the tree has."""
    return [
        path
        for path in manifest.paths("briefing/")
        if (address := read_address(path)) and address.kind is Kind.BRIEFING_FILE
    ]
