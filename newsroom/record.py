"""Newsroom objects as JSON records and back, by their type hints.

Enums go by value, times as UTC and come back in Asia/Shanghai, a Body in its own
schema. A field that an older record lacks gets its default; one that we do not know
is an error, never a drop.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache, cached_property, lru_cache, partial
from operator import itemgetter
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from newsroom.article import CHINA
from newsroom.body import Body, body_from_json, body_to_json
from newsroom.errors import NewsroomError

SCHEMA = 1
T = TypeVar("T")


def dump(value: object) -> str:
    """The value as one line of JSON with its schema; equal values, equal lines."""
    return dumped(line_of(value))


def line_of(value: object) -> str:
    """The value as one line of JSON without a schema, for ``dumped`` or a digest."""
    return _line(to_record(value))


def dumped(line: str) -> str:
    """What ``dump`` gives for the value of this line."""
    return f'{{"schema":{SCHEMA},"value":{line}}}'


def load(kind: type[T], text: str, *, but: Collection[str] = ()) -> T:
    """The value of this type (a class or e.g. ``tuple[Tag, ...]``) in the line.

    The fields of a class that are named in ``but`` are not read: they get their
    defaults.

    Raises:
        NewsroomError: the schema or a field is unknown to this version.
    """
    record = _value_in(text)
    if but:
        record = {name: record[name] for name in record if name not in but}
    value: T = from_record(kind, record)
    return value


def loader(kind: Any) -> Callable[[str], Any]:  # noqa: ANN401 - a generic alias is no class
    """``load`` for values of one type, which are many: their reader is found once."""
    return partial(_load_by, _reader(kind))


def _load_by(read: Reader, text: str) -> Any:  # noqa: ANN401 - what the reader reads
    return read(_value_in(text))


def _value_in(text: str) -> Any:  # noqa: ANN401 - JSON values
    document = read_json(text)
    if document.get("schema") != SCHEMA:
        raise NewsroomError(f"记录的格式版本不认识：{document.get('schema')!r}")
    return document["value"]


def read_json(text: str) -> Any:  # noqa: ANN401 - JSON values
    """The value of a text that holds one JSON value and nothing beside it.

    ``json.loads`` looks for blanks around each, which is half its time for a short one.

    Raises:
        json.JSONDecodeError: the text is something else.
    """
    try:
        value, end = _SCAN(text, 0)
    except StopIteration:
        end = -1
    return value if end == len(text) else json.loads(text)


def digest_of(value: object) -> str:
    """SHA-256 over all fields of the value, as 64 hex digits."""
    return hashlib.sha256(line_of(value).encode()).hexdigest()


def in_utc(moment: datetime) -> datetime:
    """The moment in UTC, as rows keep it; a naive one is refused."""
    if moment.tzinfo is None:
        raise NewsroomError(f"时间缺少时区，不能入库：{moment}")
    return moment.astimezone(UTC)


def in_china(moment: datetime) -> datetime:
    """The moment in Asia/Shanghai, as objects carry it."""
    return moment.astimezone(CHINA)


def to_record(value: object) -> Any:  # noqa: ANN401 - JSON values
    """The value as JSON-ready values."""
    kind: Any = type(value)
    return _writer(kind)(value)


@cache
def _writer(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401, PLR0911 - any class, a case each
    """How values of a class are written; found out once a class, for writing is hot."""
    if issubclass(kind, Enum):
        return _value_of
    if issubclass(kind, datetime):
        return _moment_in_utc
    if issubclass(kind, date):
        return date.isoformat
    if issubclass(kind, Body):
        return body_to_json
    if issubclass(kind, dict):
        return _write_dict
    if issubclass(kind, tuple | list):
        return _write_list
    if is_dataclass(kind):
        return partial(_write_fields, tuple(field.name for field in fields(kind)))
    return _as_it_is


def _value_of(member: Enum) -> Any:  # noqa: ANN401 - JSON values
    return member.value


def _moment_in_utc(moment: datetime) -> str:
    return in_utc(moment).isoformat()


def _write_dict(value: dict[Any, Any]) -> dict[str, Any]:
    return {str(key): to_record(inner) for key, inner in value.items()}


def _write_list(value: Sequence[Any]) -> list[Any]:
    return [to_record(inner) for inner in value]


def _write_fields(names: tuple[str, ...], value: object) -> dict[str, Any]:
    record = {}
    for name in names:
        inner = getattr(value, name)
        plain = inner is None or type(inner) in _AS_THEY_ARE
        record[name] = inner if plain else to_record(inner)
    return record


def from_record(kind: Any, record: Any) -> Any:  # noqa: ANN401 - JSON values
    """The value of this type that ``to_record`` wrote."""
    return _reader(kind)(record)


Reader = Callable[[Any], Any]


@cache
def _reader(kind: Any) -> Reader:  # noqa: ANN401 - a type or a generic alias
    """How values of a type are read; found out once a type, for reading is hot."""
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        (inner,) = (arg for arg in get_args(kind) if arg is not NoneType)
        read = _reader(inner)
        return read if read is _as_it_is else partial(_read_optional, read)
    if origin is tuple:
        return _tuple_reader(get_args(kind))
    if origin is dict:
        return partial(_read_dict, _reader(get_args(kind)[1]))
    return _plain_reader(kind)


def _read_optional(read: Reader, record: Any) -> Any:  # noqa: ANN401 - JSON values
    return None if record is None else read(record)


def _read_dict(read: Reader, record: dict[str, Any]) -> dict[str, Any]:
    return {key: read(value) for key, value in record.items()}


def _tuple_reader(kinds: tuple[Any, ...]) -> Reader:
    if kinds[-1] is Ellipsis:
        if kinds[0] in _AS_THEY_ARE:
            return tuple
        return partial(_read_tuple, _reader(kinds[0]))
    return partial(_read_mixed, tuple(map(_reader, kinds)))


def _read_tuple(read: Reader, record: list[Any]) -> tuple[Any, ...]:
    return tuple([read(inner) for inner in record])


def _read_mixed(readers: tuple[Reader, ...], record: list[Any]) -> tuple[Any, ...]:
    pairs = zip(readers, record, strict=True)
    return tuple(read(inner) for read, inner in pairs)


_AS_THEY_ARE = (str, int, float, bool)


def _plain_reader(kind: Any) -> Reader:  # noqa: ANN401 - any class
    if kind is Body:
        return body_from_json
    if kind is datetime:
        return _read_moment
    if kind is date:
        return date.fromisoformat
    if isinstance(kind, type) and is_dataclass(kind) and not issubclass(kind, Enum):
        return _fields_reader(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return partial(_read_member, kind, {one.value: one for one in kind})
    return _as_it_is


def _as_it_is(record: Any) -> Any:  # noqa: ANN401 - JSON values
    return record


@lru_cache(maxsize=1024)
def _read_moment(record: str) -> datetime:
    """A moment; what was taken in together has the same one many times over."""
    return in_china(datetime.fromisoformat(record))


def _read_member(kind: Any, members: dict[Any, Enum], record: Any) -> Enum:  # noqa: ANN401 - any enum
    known = members.get(record)
    value: Enum = kind(record) if known is None else known
    return value


def _fields_reader(kind: type) -> Reader:
    return partial(_read_fields, kind, _FieldReaders(kind))


class _FieldReaders:
    """How the fields of a class are read, but for those that are as they are.

    Found when one is first read and not before: a type may hold values of its own type.
    """

    def __init__(self, kind: type) -> None:
        self._hints = get_type_hints(kind)
        # In the order that the class takes them.
        self._order = [one.name for one in fields(kind)] if is_dataclass(kind) else []
        self.names = frozenset(self._hints)
        self.count = len(self._order)
        self.take_all = itemgetter(*self._order) if self.count > 1 else _none_of

    @cached_property
    def pairs(self) -> tuple[tuple[str, Reader], ...]:
        """The names of fields, and how each is read."""
        readers = ((name, _reader(hint)) for name, hint in self._hints.items())
        return tuple((name, read) for name, read in readers if read is not _as_it_is)

    @cached_property
    def places(self) -> tuple[tuple[int, Reader], ...]:
        """The places of fields among all, and how each is read."""
        readers = dict(self.pairs)
        names = enumerate(self._order)
        return tuple((n, readers[name]) for n, name in names if name in readers)


def _none_of(_record: dict[str, Any]) -> tuple[Any, ...]:
    raise KeyError


def _read_fields(kind: type, readers: _FieldReaders, record: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON values
    # Nearly all records were written by this version and have every field: they are
    # taken by place, in half the time that names need.
    try:
        values = list(readers.take_all(record))
    except KeyError:
        return _read_some(kind, readers, record)
    if len(record) != readers.count:
        return _read_some(kind, readers, record)
    for place, read in readers.places:
        values[place] = read(values[place])
    return kind(*values)


def _read_some(kind: type, readers: _FieldReaders, record: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON values
    if not readers.names.issuperset(record):
        names = "、".join(sorted(record.keys() - readers.names))
        raise NewsroomError(f"记录 {kind.__name__} 里有本版本不认识的项：{names}")
    values = record.copy()
    for name, read in readers.pairs:
        if name in values:
            values[name] = read(values[name])
    return kind(**values)


def _line(record: Any) -> str:  # noqa: ANN401 - JSON values
    return _ENCODER.encode(record)


_SCAN: Callable[[str, int], tuple[Any, int]] = json.JSONDecoder().scan_once  # type: ignore[attr-defined] # typeshed lacks it
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
