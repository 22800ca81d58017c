"""Style sheets and the script: named by the hash of their bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from site_builder.given import Audience
from site_builder.links import Address, Kind

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
FILES = {
    "site.css": "shared/site.css",
    "internal.css": "shared/internal.css",
    "briefing.css": "briefing/briefing.css",
    "site.js": "shared/site.js",
    "speak.js": "shared/speak.js",
    "search.js": "shared/search.js",
    "search.css": "shared/search.css",
}
_SPOKEN = frozenset({Kind.FRONT, Kind.DAY, Kind.BRIEFING})


@dataclass(frozen=True, slots=True)
class Assets:
    """The addresses of the assets and the bytes behind them."""

    files: dict[str, tuple[Address, bytes]]

    def styles(self, audience: Audience, kind: Kind) -> tuple[Address, ...]:
        """The style sheets of a page of this kind."""
        names = ["site.css"]
        if audience is Audience.INTERNAL:
            names.append("internal.css")
        if kind is Kind.BRIEFING:
            names.append("briefing.css")
        if kind is Kind.SEARCH:
            names.append("search.css")
        return tuple(self.files[name][0] for name in names)

    @property
    def script(self) -> Address:
        """The one small script."""
        return self.files["site.js"][0]

    def speech(self, kind: Kind) -> Address | None:
        """The script that reads aloud, for pages of an edition."""
        return self.files["speak.js"][0] if kind in _SPOKEN else None

    @property
    def search(self) -> Address:
        """The script of the search page."""
        return self.files["search.js"][0]

    def of(self, audience: Audience) -> tuple[tuple[Address, bytes], ...]:
        """The assets of a tree; the public one has no style for internal parts."""
        return tuple(
            pair
            for name, pair in self.files.items()
            if audience is Audience.INTERNAL or name != "internal.css"
        )


def read_assets(templates: Path = TEMPLATES) -> Assets:
    """The assets as they lie in templates/."""
    return Assets({name: _asset(name, templates / p) for name, p in FILES.items()})


def _asset(name: str, path: Path) -> tuple[Address, bytes]:
    content = path.read_bytes()
    stem, _, ending = name.rpartition(".")
    digest = hashlib.sha256(content).hexdigest()[:10]
    return Address(Kind.ASSET, f"{stem}.{digest}.{ending}"), content
