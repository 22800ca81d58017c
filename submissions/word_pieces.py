"""What a document is made of, in reading order: lines, pictures, tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsroom.body import Run, Table, runs_text
from submissions.word_styles import Look


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph and its looks; ``bullet`` marks an entry of an unordered list."""

    runs: tuple[Run, ...]
    look: Look = field(default=Look())
    bullet: bool = False

    @property
    def text(self) -> str:
        """The words."""
        return runs_text(self.runs)


@dataclass(frozen=True, slots=True)
class PictureLine:
    """A picture where it stands: the member of the file that holds it."""

    member: str
    alt: str = ""


Piece = Line | PictureLine | Table


@dataclass(frozen=True, slots=True)
class WordCell:
    """A cell of a Word table as it is read: its pieces, and how it is merged."""

    pieces: list[Piece]
    span: int
    goes_on: bool
    is_header: bool

    @property
    def text(self) -> str:
        """The cell's paragraphs on one line; a table inside is only words."""
        words: list[str] = []
        for piece in self.pieces:
            if isinstance(piece, Line):
                words.append(piece.text.strip())
            elif isinstance(piece, Table):
                words += [runs_text(cell.runs) for row in piece.rows for cell in row]
        return " ".join(filter(None, words))
