"""What is inside a font file: the characters it draws, and a copy that draws a few.

A Chinese font has twenty megabytes and forty thousand characters, a form shows some
hundred of them. HarfBuzz reads a table of characters in a millisecond and cuts a copy
out in ten; a page that is set with the copies looks the same to the pixel.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import uharfbuzz as hb

# Latin letters and all blanks, joiners, punctuation and full-width forms: typst may
# ask for one that no text names.
ALWAYS = frozenset(
    code
    for first, last in (
        *((0x20, 0x7E), (0xA0, 0xFF), (0x2000, 0x206F)),
        *((0x3000, 0x303F), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF)),
    )
    for code in range(first, last + 1)
)
_FAULTS = (hb.HarfBuzzError, RuntimeError, OSError)
# Every feature, name and script is kept: how the letters are set depends on them.
_WHOLE = (
    hb.SubsetInputSets.LAYOUT_FEATURE_TAG,
    hb.SubsetInputSets.LAYOUT_SCRIPT_TAG,
    hb.SubsetInputSets.NAME_ID,
    hb.SubsetInputSets.NAME_LANG_ID,
)


@lru_cache(maxsize=64)
def characters(path: str, index: int) -> Container[int]:
    """The code points that a face can draw; none when the file cannot be read."""
    try:
        drawn: Container[int] = _face(path, index).unicodes
    except _FAULTS:
        return frozenset()
    return drawn


def cut_out(path: str, index: int, codes: Iterable[int]) -> bytes | None:
    """A font that draws these and ``ALWAYS`` as the face does, always the same bytes.

    None when HarfBuzz cannot cut this font: then the whole file must serve.
    """
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(ALWAYS | set(codes))
    for kind in _WHOLE:
        every = wanted.sets(kind)
        every.clear()
        every.invert()
    try:
        return bytes(hb.subset(_face(path, index), wanted).blob.data)
    except _FAULTS:
        return None


def cut_into(
    folder: Path, faces: Iterable[tuple[str, int]], codes: Iterable[int]
) -> bool:
    """Write a small font for each face into a folder; whether all of them are there."""
    letters = set(codes)
    for number, (path, index) in enumerate(faces):
        small = cut_out(path, index, letters)
        if small is None:
            return False
        try:
            (folder / f"{number}.otf").write_bytes(small)
        except OSError:
            return False
    return True


def _face(path: str, index: int) -> Any:  # noqa: ANN401 - HarfBuzz's
    # Mapped where HarfBuzz finds the file by its name, which is not so everywhere.
    plain = path.isascii()
    blob = hb.Blob.from_file_path(path) if plain else hb.Blob(Path(path).read_bytes())
    return hb.Face(blob, index)
