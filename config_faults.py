"""What is wrong with the settings, told to whoever can mend it.

A :class:`Fault` is one wrong place; a :class:`SettingsFault` carries all of them.
:func:`model_faults` turns pydantic's errors into faults with the mend in Chinese.
"""

from __future__ import annotations

import difflib
import re
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from config_words import word_for
from newsroom.errors import NewsroomError

KeyPath = tuple[str | int, ...]

_SECRET = re.compile(
    r"passw|passwd|pwd|token|secret|api_?key|密码|口令|密钥", re.IGNORECASE
)
_NAMES_A_PLACE = re.compile(r"_(env|file)$")
_SHOWN = 40
_WINDOWS_NAME = re.compile(r"con|prn|aux|nul|com\d|lpt\d|index")


class Section(BaseModel):
    """A section of the settings: frozen, and unknown keys are faults.

    What stands below a field says what it is for: ``config_words`` reads it.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        populate_by_name=True,
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """One wrong place: where, what stands there, what should, and how to mend it.

    Attributes:
        file: the settings file.
        key: e.g. ``sources[3].urls``, counted from 1; empty for the whole file.
        line: counted from 1; None where the key is missing altogether.
        found: what stands there, in words.
        expected: what was expected.
        mend: what to do.
    """

    file: Path
    key: str
    line: int | None
    found: str
    expected: str
    mend: str

    def __str__(self) -> str:
        place = self.file.name
        if self.line is not None:
            place += f" 第 {self.line} 行"
        if self.key:
            place += f"，{self.key}"
        said = f"{place}：{self.found}"
        if self.expected:
            said += f"；应当{self.expected}"
        return f"{said}。改法：{self.mend}"


class SettingsFault(NewsroomError):  # noqa: N818 - the office's word
    """The settings cannot be used; ``faults`` names every wrong place."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        lines = [f"设置有 {len(faults)} 处要改："]
        lines += [f"{number}. {fault}" for number, fault in enumerate(faults, 1)]
        super().__init__("\n".join(lines))


def office_error(found: str, expected: str, mend: str) -> PydanticCustomError:
    """An error to raise in a validator that already speaks to the office."""
    return PydanticCustomError(
        "office", "{found}", {"found": found, "expected": expected, "mend": mend}
    )


def file_name(value: str) -> str:
    """An id that files can be named after, on Windows too."""
    if _WINDOWS_NAME.fullmatch(value):
        raise office_error(f"写的是 {shown(value)}", "不是系统保留的名字", "换一个编号")
    return value


def key_name(path: KeyPath) -> str:
    """``("sources", 2, "urls")`` as people write it: ``sources[3].urls``."""
    name = ""
    for part in path:
        if isinstance(part, int):
            name += f"[{part + 1}]"
        else:
            name += f".{part}" if name else part
    return name


def line_of(path: KeyPath, lines: Mapping[KeyPath, int]) -> int | None:
    """The line of a key, or of the nearest thing around it."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return None


def model_faults(
    error: ValidationError,
    model: type[BaseModel],
    file: Path,
    lines: Mapping[KeyPath, int],
) -> list[Fault]:
    """Every error of a validation as a fault of this file, in order of the lines."""
    errors = error.errors(include_url=False)
    places = {tuple(details["loc"]) for details in errors}
    faults = [
        _fault(details, model, file, lines)
        for details in errors
        if not _is_secret(str(details["loc"][-1] if details["loc"] else ""))
        and not _follows(details, places)
    ]
    return sorted(faults, key=lambda fault: fault.line or 0)


def _follows(details: ErrorDetails, places: set[KeyPath]) -> bool:
    """Whether a list is too short only because its entries are faulty."""
    path = tuple(details["loc"])
    inner = any(p[: len(path)] == path and len(p) > len(path) for p in places)
    return details["type"] == "too_short" and inner


def secret_faults(
    data: Mapping[str, Any], file: Path, lines: Mapping[KeyPath, int]
) -> list[Fault]:
    """A fault for each key that seems to hold a password; its value is never told."""
    return [
        Fault(
            file,
            key_name(path),
            line_of(path, lines),
            "像是写了密码或密钥",
            "不把密码写进设置文件",
            "删掉这一行；密码放进环境变量，或放进单独的文件，"
            f"这里只写名称：{path[-1]}_env 或 {path[-1]}_file；"
            "已经写过的密码请尽快更换",
        )
        for path in _keys(data)
        if _is_secret(str(path[-1]))
    ]


def _is_secret(key: str) -> bool:
    return bool(_SECRET.search(key)) and not _NAMES_A_PLACE.search(key)


def _keys(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield (*path, str(key))
            yield from _keys(inner, (*path, str(key)))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _keys(inner, (*path, index))


def _fault(
    details: ErrorDetails,
    model: type[BaseModel],
    file: Path,
    lines: Mapping[KeyPath, int],
) -> Fault:
    path = tuple(details["loc"])
    found, expected, mend = _told(details, model, path)
    line = lines.get(path) if details["type"] == "missing" else line_of(path, lines)
    if details["type"] == "missing" and line is None:
        line = lines.get(path[:-1])
    return Fault(file, key_name(path), line, found, expected, mend)


def _told(
    details: ErrorDetails, model: type[BaseModel], path: KeyPath
) -> tuple[str, str, str]:
    kind = details["type"]
    context = details.get("ctx", {})
    if kind == "office":
        return context["found"], context["expected"], context["mend"]
    if kind == "extra_forbidden":
        return _unknown_key(model, path)
    if kind == "missing":
        return "没有写这一项", "写上", _missing_mend(model, path)
    if kind.endswith("tuple_type") and isinstance(details["input"], Mapping):
        name = key_name(path)
        return f"写的是 [{name}]，只有一层方括号", "可以有几段", f"改成 [[{name}]]"
    expected, mend = _expectation(kind, context)
    return f"写的是 {shown(details['input'])}", expected, mend


def _choices(expected: str) -> str:
    """``'a', 'b' or 'c'`` as it is written here."""
    return re.sub(r", | or ", "、", expected).replace("'", '"')


def shown(value: object) -> str:
    """A value as it may stand in a message: short, in TOML's own words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
        return f'"{text}"'
    if isinstance(value, Mapping):
        return "一个小节"
    if isinstance(value, list | tuple):
        return f"一个列表（{len(value)} 项）"
    return str(value)


def _missing_mend(model: type[BaseModel], path: KeyPath) -> str:
    inner = _model_at(model, path[:-1])
    name = str(path[-1])
    fields = _fields(inner) if inner else {}
    about = fields.get(name)
    if about is not None and _models_in(about.annotation):
        return f"加上 [{key_name(path)}] 小节，写法见随附的 config.toml"
    words = word_for(inner, name) if inner else ""
    told = f"（{words}）" if words else ""
    return f"加一行 {name} = …{told}，写法见随附的 config.toml"


def _unknown_key(model: type[BaseModel], path: KeyPath) -> tuple[str, str, str]:
    name = str(path[-1])
    inner = _model_at(model, path[:-1])
    known = list(_fields(inner)) if inner else []
    near = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.6)
    if near:
        return f"不认识 {name}", f"写 {near[0]}", f"把 {name} 改成 {near[0]}"
    home = _section_with(model, name)
    if home:
        return f"不认识 {name}", f"写在 [{home}] 里", f"把这一行移到 [{home}] 小节"
    known_keys = "、".join(known) or "没有可写的项"
    return f"不认识 {name}", f"是这几项之一：{known_keys}", "删掉这一行，或改对名称"


def _section_with(model: type[BaseModel], name: str) -> str | None:
    for section, about in _fields(model).items():
        for inner in _models_in(about.annotation):
            if name in _fields(inner):
                return section
    return None


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {about.alias or name: about for name, about in model.model_fields.items()}


def _model_at(model: type[BaseModel], path: KeyPath) -> type[BaseModel] | None:
    current: type[BaseModel] | None = model
    for part in path:
        about = _fields(current).get(str(part)) if current else None
        if about is None:
            continue  # an index or the name of an entry: the same model
        inner = _models_in(about.annotation)
        current = inner[0] if inner else None
    return current


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [m for part in typing.get_args(annotation) for m in _models_in(part)]


def _expectation(kind: str, context: Mapping[str, Any]) -> tuple[str, str]:
    for pattern, told in _EXPECTED:
        if re.fullmatch(pattern, kind):
            return told(context)
    return "换一种写法", "照随附的 config.toml 的写法改"


_Told = Callable[[Mapping[str, Any]], tuple[str, str]]

_EXPECTED: tuple[tuple[str, _Told], ...] = (
    (r"string_type", lambda _: ("是加引号的文字", '用英文引号括起来，如 "…"')),
    (
        r"string_too_short|too_short",
        lambda c: (f"至少 {c.get('min_length')} 个", "补上"),
    ),
    (r"string_too_long|too_long", lambda c: (f"至多 {c.get('max_length')} 个", "删短")),
    (
        r"string_pattern_mismatch",
        lambda _: (
            "以小写字母开头，只含小写字母、数字和下划线，2 到 32 个字符",
            '改成这样的编号，如 "hbghw"',
        ),
    ),
    (r"int_.*", lambda _: ("是整数", "写数字，不加引号，不带小数和单位")),
    (r"float_.*|decimal_.*", lambda _: ("是数", "写数字，不加引号和单位，如 2.0")),
    (
        r"bool_.*",
        lambda _: ("是 true 或 false", "写 true（是）或 false（否），小写、不加引号"),
    ),
    (
        r"greater_than_equal",
        lambda c: (f"不小于 {c.get('ge')}", f"改成 {c.get('ge')} 或更大"),
    ),
    (
        r"greater_than",
        lambda c: (f"大于 {c.get('gt')}", f"改成大于 {c.get('gt')} 的数"),
    ),
    (
        r"less_than_equal",
        lambda c: (f"不大于 {c.get('le')}", f"改成 {c.get('le')} 或更小"),
    ),
    (r"less_than", lambda c: (f"小于 {c.get('lt')}", f"改成小于 {c.get('lt')} 的数")),
    (
        r"literal_error|enum",
        lambda c: (
            "是 " + _choices(str(c.get("expected", ""))),
            "从这几个里选一个",
        ),
    ),
    (
        r"(tuple|list|set|frozen_set)_type",
        lambda _: ("是方括号里的列表", '写成 ["甲", "乙"]，只有一项也要方括号'),
    ),
    (
        r"(model|dict|model_attributes|dataclass)_type|mapping_type",
        lambda _: ("是一个小节", "写成 [小节名] 另起一行，下面再写各项"),
    ),
    (r"time_.*", lambda _: ("是几点几分", '写成 "08:00"（英文冒号、加引号）')),
    (
        r"date_.*",
        lambda _: (
            "是日历上有的日期",
            '写成 2026-10-01，不加引号；一段日子写 "2026-10-01 至 2026-10-07"',
        ),
    ),
    (r"path_type", lambda _: ("是文件或文件夹的路径", '用英文引号括起来，如 "data"')),
    (
        r"pattern_(type|regex)",
        lambda _: ("是写得通的规则", "检查括号是否成对，规则用英文单引号括起来"),
    ),
    (r"finite_number", lambda _: ("是普通的数", "改成普通的数")),
)
