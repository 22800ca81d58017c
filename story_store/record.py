"""Newsroom objects as JSON records and back, by their type hints.

Enums go by value, times as UTC and come back in Asia/Shanghai, a Body in its own
schema. A field that an older record lacks gets its default; one that we do not know
is an error, never a drop.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from newsroom.article import CHINA
from newsroom.body import Body, body_from_json, body_to_json
from newsroom.errors import NewsroomError

SCHEMA = 1
T = TypeVar("T")


def dump(value: object) -> str:
    """The value as one line of JSON with its schema; equal values, equal lines."""
    return _line({"schema": SCHEMA, "value": to_record(value)})


def load(kind: type[T], text: str) -> T:
    """The value of this type (a class or e.g. ``tuple[Tag, ...]``) in the line.

    Raises:
        NewsroomError: the schema or a field is unknown to this version.
    """
    document = json.loads(text)
    if document.get("schema") != SCHEMA:
        raise NewsroomError(f"记录的格式版本不认识：{document.get('schema')!r}")
    value: T = from_record(kind, document["value"])
    return value


def digest_of(value: object) -> str:
    """SHA-256 over all fields of the value, as 64 hex digits."""
    return hashlib.sha256(_line(to_record(value)).encode()).hexdigest()


def in_utc(moment: datetime) -> datetime:
    """The moment in UTC, as rows keep it; a naive one is refused."""
    if moment.tzinfo is None:
        raise NewsroomError(f"时间缺少时区，不能入库：{moment}")
    return moment.astimezone(UTC)


def in_china(moment: datetime) -> datetime:
    """The moment in Asia/Shanghai, as objects carry it."""
    return moment.astimezone(CHINA)


def to_record(value: object) -> Any:  # noqa: ANN401, PLR0911 - JSON values, a case each
    """The value as JSON-ready values."""
    match value:
        case Enum():
            return value.value
        case datetime():
            return in_utc(value).isoformat()
        case date():
            return value.isoformat()
        case Body():
            return body_to_json(value)
        case dict():
            return {str(key): to_record(inner) for key, inner in value.items()}
        case tuple() | list():
            return [to_record(inner) for inner in value]
        case _ if is_dataclass(value):
            return {f.name: to_record(getattr(value, f.name)) for f in fields(value)}
    return value


def from_record(kind: Any, record: Any) -> Any:  # noqa: ANN401 - JSON values
    """The value of this type that ``to_record`` wrote."""
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        return _read_optional(kind, record)
    if origin is tuple:
        return _read_tuple(get_args(kind), record)
    if origin is dict:
        inner = get_args(kind)[1]
        return {key: from_record(inner, value) for key, value in record.items()}
    return _read_plain(kind, record)


def _read_optional(kind: Any, record: Any) -> Any:  # noqa: ANN401 - JSON values
    if record is None:
        return None
    (inner,) = (arg for arg in get_args(kind) if arg is not NoneType)
    return from_record(inner, record)


def _read_tuple(kinds: tuple[Any, ...], record: list[Any]) -> tuple[Any, ...]:
    if kinds[-1] is Ellipsis:
        return tuple(from_record(kinds[0], inner) for inner in record)
    pairs = zip(kinds, record, strict=True)
    return tuple(from_record(inner_kind, inner) for inner_kind, inner in pairs)


def _read_plain(kind: Any, record: Any) -> Any:  # noqa: ANN401 - JSON values
    if kind is Body:
        return body_from_json(record)
    if kind is datetime:
        return in_china(datetime.fromisoformat(record))
    if kind is date:
        return date.fromisoformat(record)
    if issubclass(kind, Enum):
        return kind(record)
    if isinstance(kind, type) and is_dataclass(kind):
        return _read_fields(kind, record)
    return record


def _read_fields(kind: type, record: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON values
    hints = _hints(kind)
    unknown = record.keys() - hints.keys()
    if unknown:
        raise NewsroomError(
            f"记录 {kind.__name__} 里有本版本不认识的项：{'、'.join(sorted(unknown))}"
        )
    values = {key: from_record(hints[key], value) for key, value in record.items()}
    return kind(**values)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _line(record: Any) -> str:  # noqa: ANN401 - JSON values
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
