"""Changing one source in config.toml, and not a byte of anything else.

The block is composed with tomlkit and spliced in as text; the new file is read and
validated as a whole before it takes the old one's place, and the old one is kept.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomlkit

from config import Settings, load_settings
from config_key_lines import key_lines
from newsroom.errors import NewsroomError, NotFound

if TYPE_CHECKING:
    from tomlkit.items import Table

    from config import SourceSettings

_SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class ConfigText:
    """config.toml as text with plain line feeds, and how to turn it back to bytes."""

    file: Path
    text: str
    newline: str

    def to_bytes(self, text: str) -> bytes:
        """The bytes of a changed text, in the file's own manner."""
        return text.replace("\n", self.newline).encode()


def read_config_text(file: Path) -> ConfigText:
    """The text of a config.toml that was loaded without faults."""
    text = file.read_bytes().decode("utf-8")
    newline = "\r\n" if "\r\n" in text else "\n"
    return ConfigText(file, text.replace("\r\n", "\n"), newline)


def with_source(text: str, source: SourceSettings, comments: Iterable[str]) -> str:
    """The text with one more source behind the last one, under its comments."""
    block = source_block(source, comments)
    spans = _spans(text)
    if not spans:
        return f"{text.rstrip()}\n\n{block}"
    rows = text.split("\n")
    end = spans[-1][1]
    head = "\n".join(rows[:end])
    tail = "\n".join(rows[end:])
    return f"{head}\n\n{block}{tail}" if tail.strip() else f"{head}\n\n{block}"


def with_value(text: str, source_id: str, key: str, value: object) -> str:
    """The text with one plain key of a source set; its own line only is changed."""
    index, (start, end) = _find(text, source_id)
    lines = key_lines(text)
    line = f"{key} = {tomlkit.item(value).as_string()}"
    rows = text.split("\n")
    at = lines.get((_SOURCES, index, key))
    if at is None:
        after = lines[_SOURCES, index, "id"]
        return "\n".join((*rows[:after], line, *rows[after:]))
    if not start < at <= end:
        raise NewsroomError(f"{key} 写法少见，请自己在 config.toml 第 {at} 行改")
    old = rows[at - 1]
    comment = old[old.index("#") :] if _is_plain(old) and "#" in old else ""
    rows[at - 1] = f"{line}  {comment}" if comment else line
    return "\n".join(rows)


def with_layout(
    text: str, source_id: str, layout: Mapping[str, object], *, last_day: date
) -> str:
    """The text with a layout before the source's other ones.

    Those that were in use until now get their last day.
    """
    text = _retired(text, source_id, last_day)
    index, (_, end) = _find(text, source_id)
    lines = key_lines(text)
    first = lines.get((_SOURCES, index, "layouts", 0))
    table = tomlkit.table()
    for key, value in layout.items():
        table.add(key, value)
    block = f"[[sources.layouts]]\n{table.as_string()}"
    rows = text.split("\n")
    at = first - 1 if first else end
    before = [*rows[:at], *([] if first else [""])]
    return "\n".join((*before, *block.rstrip("\n").split("\n"), *_gap(rows[at:])))


def _retired(text: str, source_id: str, last_day: date) -> str:
    """The text with a last day for the source's layouts that have none."""
    index, _ = _find(text, source_id)
    lines = key_lines(text)
    layouts = tomllib.loads(text)[_SOURCES][index].get("layouts", ())
    rows = text.split("\n")
    for number in reversed(range(len(layouts))):
        at = lines[_SOURCES, index, "layouts", number]
        if not rows[at - 1].lstrip().startswith("[["):
            raise NewsroomError("版式不是用 [[sources.layouts]] 写的，请自己改")
        if "valid_until" not in layouts[number]:
            rows.insert(at, f"valid_until = {last_day.isoformat()}")
    return "\n".join(rows)


def _gap(rows: list[str]) -> list[str]:
    return ["", *rows] if rows and rows[0].strip() else rows


def without_source(text: str, source_id: str, *, note: str) -> str:
    """The text with a source's block turned into comments under a note."""
    _, (start, end) = _find(text, source_id)
    rows = text.split("\n")
    block = [f"# {row}".rstrip() for row in rows[start - 1 : end]]
    return "\n".join((*rows[: start - 1], f"# {note}", *block, *rows[end:]))


def save_config(
    config: ConfigText, text: str, *, kept_in: Path, now: datetime
) -> Settings:
    """Put a changed text in the file's place, once it is proved to be good settings.

    The old file is kept as ``kept_in/config-<time>.toml``.

    Raises:
        SettingsFault: the new text has faults; the file is as it was.
        NewsroomError: the file cannot be written.
    """
    new = config.file.with_name(f".{config.file.name}.new")
    try:
        new.write_bytes(config.to_bytes(text))
        load_settings(new)
        kept_in.mkdir(parents=True, exist_ok=True)
        old = kept_in / f"config-{now:%Y%m%d-%H%M%S}.toml"
        if not old.exists():
            old.write_bytes(config.file.read_bytes())
        os.replace(new, config.file)  # noqa: PTH105 - the name says that it is atomic
    except OSError as error:
        raise NewsroomError(
            f"写不进 {config.file}（{error.strerror}）：请检查权限，"
            "或先关掉打开它的程序"
        ) from error
    finally:
        new.unlink(missing_ok=True)
    return load_settings(config.file)


def source_block(source: SourceSettings, comments: Iterable[str]) -> str:
    """A ``[[sources]]`` block of what differs from the defaults, under comments."""
    values = source.model_dump(mode="json", exclude_defaults=True)
    api, layouts = values.pop("api", None), values.pop("layouts", ())
    lines = [f"# {comment}" for comment in comments]
    lines += ["[[sources]]", _table(values).as_string().rstrip("\n")]
    if api:
        lines += ["", "[sources.api]", _table(api).as_string().rstrip("\n")]
    for layout in layouts:
        lines += ["", "[[sources.layouts]]", _table(layout).as_string().rstrip("\n")]
    return "\n".join(lines) + "\n"


def _table(values: Mapping[str, Any]) -> Table:
    table = tomlkit.table()
    for key, value in values.items():
        if isinstance(value, list) and len(value) > 1:
            array = tomlkit.array()
            array.extend(value)
            table.add(key, array.multiline(multiline=True))
        else:
            table.add(key, value)
    return table


def _find(text: str, source_id: str) -> tuple[int, tuple[int, int]]:
    sources = tomllib.loads(text)[_SOURCES]
    for index, source in enumerate(sources):
        if source.get("id") == source_id:
            return index, _spans(text)[index]
    raise NotFound(f"config.toml 里没有编号为 {source_id} 的来源")


def _spans(text: str) -> list[tuple[int, int]]:
    """First and last line of each source's block, from 1, without comments behind.

    Raises:
        NewsroomError: the sources are written in a way that has no blocks.
    """
    lines = key_lines(text)
    count = len(tomllib.loads(text).get(_SOURCES, ()))
    starts = [lines.get((_SOURCES, n)) for n in range(count)]
    rows = text.split("\n")
    others = sorted(line for path, line in lines.items() if path[0] != _SOURCES)
    spans = []
    for number, start in enumerate(starts):
        if start is None or not rows[start - 1].lstrip().startswith("[["):
            raise NewsroomError("来源不是用 [[sources]] 写的，请自己改 config.toml")
        following = [
            one for one in (*starts[number + 1 :], *others) if one and one > start
        ]
        end = min(following, default=len(rows) + 1) - 1
        while not rows[end - 1].strip() or rows[end - 1].lstrip().startswith("#"):
            end -= 1
        spans.append((start, end))
    return spans


def _is_plain(row: str) -> bool:
    """Whether a # in the line can only begin a comment."""
    value = row.split("=", 1)[1].split("#", 1)[0]
    return value.count('"') % 2 == 0 and value.count("'") % 2 == 0
