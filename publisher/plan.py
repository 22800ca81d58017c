"""What has to travel: from what the host holds to what it should hold. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from publisher.host import Remote
from publisher.tree import Leaf

KEEP_ASSETS = 2  # releases for which a page in somebody's hands still finds its style
GUARD = 0.8  # fewer pages than this share of the old ones stop the publishing
_FEWEST = 5  # below so many pages a share says nothing
# Pages that a story takes along: its day, town, topic and lists that held it alone.
_ALONG = 10
_STORY_PAGE = "stories/"
_ASSET = re.compile(r"assets/[^/]+\.[0-9a-f]{8,64}\.(?:css|js)", re.ASCII)
# Pages never name what is not there yet; what tells others of the site comes late.
_STAGES = (
    re.compile(r"assets/"),
    re.compile(r"(?:pictures|cards)/"),
    re.compile(r"stories/"),
    re.compile(
        r"(?!index\.html$|feeds/|sitemap\.xml$|edition\.json$|sw\.js$|search/head\.js$)"
    ),
    re.compile(r"index\.html$|search/head\.js$"),
    re.compile(r"feeds/|sitemap\.xml$|sw\.js$"),
)


@dataclass(frozen=True, slots=True)
class Owned:
    """A file on the host that we put there.

    Attributes:
        size, sha256: what we put; an empty hash where a cut left it open.
        left: the releases since it left the tree; 0 for a file of the tree.
    """

    size: int
    sha256: str
    left: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do, in this order.

    Attributes:
        put: paths to send, in order.
        delete: our files to take away, after that.
        keep: styles and scripts of former releases that stay.
        restored: files of ``put`` that somebody else changed or took away.
        unknown: files on the host that are not ours; they stay as they are.
        taken: files of ``put`` that would overwrite such a file.
        pages_gone: our pages that would vanish.
        pages_before: our pages until now.
        pages_told: those of ``pages_gone`` that a withdrawal by name explains.
        lost: those that nothing explains, stories first.
    """

    put: tuple[str, ...]
    delete: tuple[str, ...]
    keep: Mapping[str, Owned]
    restored: tuple[str, ...]
    unknown: tuple[str, ...]
    taken: tuple[str, ...]
    pages_gone: int
    pages_before: int
    pages_told: int = 0
    lost: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the host holds already what it should."""
        return not self.put and not self.delete

    @property
    def lacks_pages(self) -> bool:
        """Whether so many pages would vanish that a person must say yes."""
        before, lost = self.pages_before, self.pages_gone - self.pages_told
        return before >= _FEWEST and before - lost < GUARD * before


def make_plan(
    tree: Mapping[str, Leaf],
    ours: Mapping[str, Owned],
    listing: Mapping[str, Remote],
    marks: Mapping[str, str],
    withdrawn: Collection[str] = (),
) -> Plan:
    """What makes the host hold the tree.

    Args:
        tree: what it should hold.
        ours: what we put there, by our records.
        listing: what it does hold.
        marks: the host's mark of each file when we last looked, where we know it.
        withdrawn: pages of stories that somebody took back by name.
    """
    put = [
        path
        for path, leaf in tree.items()
        if not _stands(path, leaf, ours, listing, marks)
    ]
    gone = [path for path in ours if path in listing and path not in tree]
    keep = {path: ours[path] for path in gone if _is_asked_for(path, ours[path])}
    before = {path for path in ours if is_page(path)}
    vanished = before - set(tree)
    told = _told(vanished, withdrawn)
    return Plan(
        put=tuple(sorted(put, key=order)),
        delete=tuple(sorted(set(gone) - set(keep))),
        keep=keep,
        restored=tuple(sorted(p for p in put if _was_whole(p, tree[p], ours))),
        unknown=tuple(sorted(p for p in listing if p not in ours)),
        taken=tuple(sorted(p for p in put if p in listing and p not in ours)),
        pages_gone=len(vanished),
        pages_before=len(before),
        pages_told=len(told),
        lost=tuple(
            sorted(vanished - told, key=lambda p: (not p.startswith(_STORY_PAGE), p))
        ),
    )


def _told(vanished: Collection[str], withdrawn: Collection[str]) -> set[str]:
    """What withdrawals explain: their stories, and a few lists that held them alone.

    Another story's page is never explained by them.
    """
    told = {path for path in vanished if path in withdrawn}
    lists = sorted(path for path in vanished if not path.startswith(_STORY_PAGE))
    return told | set(lists[: _ALONG * len(told)])


def aged(plan: Plan) -> dict[str, Owned]:
    """The kept files after this release: each one release older."""
    return {p: Owned(o.size, o.sha256, o.left + 1) for p, o in plan.keep.items()}


def is_page(path: str) -> bool:
    """Whether a path is a page that people read."""
    return path.endswith(".html")


def order(path: str) -> tuple[int, str]:
    """The place of a path in the order of sending."""
    return (stage(path), path)


def stage(path: str) -> int:
    """The stage in which a path is sent; edition.json, the seal, in the last one."""
    for number, pattern in enumerate(_STAGES):
        if pattern.match(path):
            return number
    return len(_STAGES)


def missed(
    paths: Collection[str], tree: Mapping[str, Leaf], listing: Mapping[str, Remote]
) -> tuple[str, ...]:
    """The paths that the host does not hold, or holds with another size."""
    return tuple(
        sorted(
            path
            for path in paths
            if path not in listing or listing[path].size != tree[path].size
        )
    )


def sample(release: str, paths: Collection[str], count: int) -> tuple[str, ...]:
    """Paths to read back: the front page and the seal, and some others.

    The others change from release to release, and are the same for the same one.
    """
    first = [path for path in ("index.html", "edition.json") if path in paths]
    seed = int(release[:8] or "0", 16)
    rest = sorted(set(paths) - set(first))
    step = max(1, len(rest) // count) if rest else 1
    chosen = [rest[(seed + n * step) % len(rest)] for n in range(min(count, len(rest)))]
    return tuple(dict.fromkeys([*first, *chosen]))


def _stands(
    path: str,
    leaf: Leaf,
    ours: Mapping[str, Owned],
    listing: Mapping[str, Remote],
    marks: Mapping[str, str],
) -> bool:
    """Whether the host holds this content, as far as it can tell."""
    there, known = listing.get(path), ours.get(path)
    if there is None or known is None or known.sha256 != leaf.sha256:
        return False
    before = marks.get(path, "")
    # Nothing to compare where either look told nothing.
    same = not before or not there.mark or before == there.mark
    return there.size == leaf.size and same


def _was_whole(path: str, leaf: Leaf, ours: Mapping[str, Owned]) -> bool:
    return path in ours and ours[path].sha256 == leaf.sha256


def _is_asked_for(path: str, owned: Owned) -> bool:
    """Whether a style or script may still be asked for by a reader's page."""
    return owned.left < KEEP_ASSETS and _ASSET.fullmatch(path) is not None
