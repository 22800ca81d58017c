"""A tree in the making: what is kept of the old one, what is new, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.check import SiteFault, check_file, dead_links, links_of
from site_builder.files import Job, PageFile, Planned
from site_builder.form_files import FormFile
from site_builder.links import read_address
from site_builder.manifest import LinkTable, Manifest, Note
from site_builder.outlines import Outlines
from site_builder.shown import Shown
from site_builder.switch import Workshop

PICTURES = "pictures/"


@dataclass(slots=True)
class Draft:
    """One build of one tree.

    Attributes:
        out: the tree as it stands.
        workshop: where new files wait.
        kept: what the last build noted; empty when that is in doubt.
        sizes, notes: of every file that the tree shall have.
        fresh: the files that were made now.
        staged: files that differ from what stands.
        unchanged: how many do not; ``pages`` counts all pages.
    """

    out: Path
    workshop: Workshop
    kept: Manifest
    sizes: dict[str, int] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    table: LinkTable = field(init=False)
    fresh: set[str] = field(default_factory=set)
    staged: list[str] = field(default_factory=list)
    faults: list[SiteFault] = field(default_factory=list)
    unchanged: int = 0
    pages: int = 0

    def __post_init__(self) -> None:
        """Go on with the numbers of the last build."""
        self.table = self.kept.table

    def keeps(self, job: Job, pictures: frozenset[str]) -> bool:
        """Whether the file stands as this job would make it; then it is noted."""
        note = self.kept.notes.get(job.path)
        if note is None or not job.key or note.key != job.key:
            return False
        if any((name in pictures) != was for name, was in note.asked):
            return False
        self.notes[job.path] = note
        self.sizes[job.path] = self.kept.sizes[job.path]
        self.unchanged += 1
        self.pages += job.path.endswith(".html")
        return True

    def add(self, job: Job, planned: Planned, content: bytes, shown: Shown) -> None:
        """Check a file that was made, note it, and stage it if it differs."""
        path = job.path
        is_page = path.endswith(".html")
        links = links_of(content, path) if is_page else frozenset()
        faults = list(check_file(planned, content, shown.audience))
        asked = planned.pictures if isinstance(planned, PageFile) else ()
        self.faults += faults
        self.fresh.add(path)
        self.pages += is_page
        note = Note(
            "" if faults else job.key,
            self.table.pack(links),
            tuple((name, name in shown.pictures) for name in asked),
        )
        self.place(path, content, note)

    def place(self, path: str, content: bytes, note: Note) -> None:
        """Note a file, and stage it if it differs from what stands there."""
        self.notes[path], self.sizes[path] = note, len(content)
        if self._stands(path, content):
            self.unchanged += 1
            return
        self.workshop.stage(path, content)
        self.staged.append(path)

    def place_pictures(self, folder: Path) -> None:
        """Copy the pictures that pages show; a picture's name is its content."""
        for path in sorted(self._linked_pictures()):
            address = read_address(path)
            if address is None:
                continue
            source, target = folder / address.key, self.out / path
            size = source.stat().st_size
            self.notes[path], self.sizes[path] = Note("", b""), size
            if target.is_file() and target.stat().st_size == size:
                self.unchanged += 1
                continue
            self.workshop.stage_copy(path, source)
            self.staged.append(path)

    def place_forms(self, files: Iterable[FormFile]) -> None:
        """Copy the files of forms that are new or have changed."""
        for one in files:
            path = one.address.path
            before = self.kept.notes.get(path)
            self.notes[path], self.sizes[path] = Note(one.key, b""), one.size
            if before and before.key == one.key and (self.out / path).is_file():
                self.unchanged += 1
                continue
            self.workshop.stage_copy(path, one.source)
            self.staged.append(path)

    def dead_links(self) -> list[SiteFault]:
        """Links that lead nowhere: of new pages, and of old ones that lost a target."""
        paths = self.sizes.keys()
        dead = {path for path in self.table.paths if path not in paths}
        # A page that was kept had no dead link; one may have died under it since.
        died = bool(self.kept.sizes.keys() - paths)
        links = {
            path: dead.intersection(self.table.unpack(note.links))
            for path, note in (self.notes.items() if dead else ())
            if died or path in self.fresh
        }
        faults = dead_links(links, set(paths))
        for fault in faults:  # to be made and told of again the next time
            self.notes[fault.path] = self.notes[fault.path]._replace(key="")
        return faults

    def manifest(self, stamp: str, outlines: Outlines) -> Manifest:
        """What the next build shall know."""
        return Manifest(stamp, self.pages, self.sizes, self.notes, self.table, outlines)

    def _stands(self, path: str, content: bytes) -> bool:
        target = self.out / path
        try:
            return (
                target.stat().st_size == len(content) and target.read_bytes() == content
            )
        except OSError:
            return False

    def _linked_pictures(self) -> set[str]:
        linked: set[str] = set()
        for note in self.notes.values():
            if note.asked:
                targets = self.table.unpack(note.links)
                linked.update(t for t in targets if t.startswith(PICTURES))
        return linked
