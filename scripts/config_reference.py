"""Prints docs/config.md: every key of config.toml and of the rule files.

``python scripts/config_reference.py > docs/config.md``. A test keeps the file current.
"""

from __future__ import annotations

import re
import sys
import types
import typing
from collections.abc import Iterator
from datetime import date, time
from enum import Enum
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from config import Settings
from config_ledger import LedgerFile
from config_rule_files import (
    ChecksFile,
    HighlightFile,
    LeadersFile,
    TemplatesFile,
    TiersFile,
    TopicsFile,
    UnitsFile,
)
from config_words import word_for

FILES: tuple[tuple[str, str, type[BaseModel]], ...] = (
    ("config.toml", "主设置", Settings),
    ("config/units.toml", "单位", UnitsFile),
    ("config/topics.toml", "主题", TopicsFile),
    ("config/sources.toml", "来源层级和要闻规则", TiersFile),
    ("config/highlight.toml", "基层亮点评分", HighlightFile),
    ("config/checks.toml", "校对和合规检查", ChecksFile),
    ("config/leaders.toml", "领导名单", LeadersFile),
    ("config/ledger.toml", "用稿积分", LedgerFile),
    ("config/story_templates.toml", "报送问答和草稿", TemplatesFile),
)

HEAD = """\
# 设置参考

本页由 `scripts/config_reference.py` 从程序生成，列出每一个设置项。
没有列出的项写了会报错。

- 设置文件的找法：先看 `--config`，再看环境变量 `GONGHUI_CONFIG`，
  最后看当前文件夹的 `config.toml`。
- 相对路径都从 `config.toml` 所在的文件夹算起，用斜杠 `/`。
- 改完运行 `gonghui doctor`：所有文件里的所有问题一次说清，带行号、带改法。
- 编号从 1 数：`sources[3].urls` 是第三个 `[[sources]]` 的 `urls`。
- 密码、密钥不写在设置文件里：名称像密码的项会被拒绝；放进环境变量，或另存一个文件。
- 换一个县：复制 `config.toml` 和 `config/` 文件夹，
  改单位、层级、地名和来源，不用改程序。
- 还有占位内容（如 `鄂ICP备########号-#`）时可以出内部版，不能签发公开版。

用记事本保存时，编码选 UTF-8；引号、等号、逗号用英文的。
"""

WORDS: dict[object, str] = {
    str: "文字",
    int: "整数",
    float: "数",
    bool: "true / false",
    time: "时刻",
    date: "日期",
    Path: "路径",
    re.Pattern: "规则",
    type(None): "",
}
BOUNDS = (("ge", "≥ "), ("gt", "> "), ("le", "≤ "), ("lt", "< "))


def reference() -> str:
    """The text of docs/config.md."""
    return HEAD + "".join(_file(*row) for row in FILES)


def _file(name: str, title: str, model: type[BaseModel]) -> str:
    return f"\n## {name}（{title}）\n" + "".join(_tables(model, ""))


def _tables(model: type[BaseModel], heading: str) -> Iterator[str]:
    plain = [row for row in _fields(model) if _inner(row[1]) is None]
    if plain:
        yield f"\n### {heading or '文件开头'}\n\n" if heading else "\n"
        yield "| 项 | 类型 | 默认 | 含义 |\n|---|---|---|---|\n"
        yield from (_row(model, name, about) for name, about in plain)
    elif heading:
        yield f"\n### {heading}\n"
    path = re.sub(r"[\[\]]|（.*", "", heading)
    alike = {_inner(about) for _, about in _fields(model)}
    if len(alike) == 1 and len(_fields(model)) > 1 and not plain:
        names = "、".join(f"`{n}` {word_for(model, n)}" for n, _ in _fields(model))
        yield f"\n下面各有一个小节：{names}。\n"
        yield from _tables(_only(alike), f"[{path}.编号]")
        return
    for name, about in _fields(model):
        inner = _inner(about)
        if inner:
            yield from _tables(inner, _heading(model, path, name, about))


def _fields(model: type[BaseModel]) -> list[tuple[str, FieldInfo]]:
    return [(about.alias or name, about) for name, about in model.model_fields.items()]


def _inner(about: FieldInfo) -> type[BaseModel] | None:
    """The model of a field that is a section, a list of sections or named ones."""
    annotation = about.annotation
    parts = (annotation, *typing.get_args(annotation))
    models = [p for p in parts if isinstance(p, type) and issubclass(p, BaseModel)]
    return models[0] if models else None


def _heading(model: type[BaseModel], path: str, name: str, about: FieldInfo) -> str:
    full = f"{path}.{name}" if path else name
    origin = typing.get_origin(about.annotation)
    if origin is tuple:
        full = f"[[{full}]]"
    elif origin is dict:
        full = f"[{full}.编号]"
    else:
        full = f"[{full}]"
    needed = "，必写" if about.is_required() else ""
    return f"{full}（{word_for(model, name)}{needed}）"


def _only(models: set[type[BaseModel] | None]) -> type[BaseModel]:
    (model,) = models
    assert model is not None  # noqa: S101 - a table of plain keys was ruled out
    return model


def _row(model: type[BaseModel], name: str, about: FieldInfo) -> str:
    kind = _kind(about.annotation)
    bounds = "，".join(
        f"{sign}{getattr(one, key)}"
        for one in about.metadata
        for key, sign in BOUNDS
        if getattr(one, key, None) is not None
    )
    told = f"{kind}，{bounds}" if bounds else kind
    return f"| `{name}` | {told} | {_default(about)} | {word_for(model, name)} |\n"


def _kind(annotation: object) -> str:  # noqa: PLR0911 - one line a kind
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _kind(args[0])
    if origin is typing.Literal:
        return " / ".join(f"`{choice}`" for choice in args)
    if origin in {typing.Union, types.UnionType}:
        return _kind(next(arg for arg in args if arg is not type(None)))
    if origin is tuple and Ellipsis in args:
        return f"列表：{_kind(args[0])}"
    if origin is tuple:
        return "[" + ", ".join(_kind(arg) for arg in args) + "]"
    if origin is dict:
        return f"小节：名称 = {_kind(args[1])}"
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return " / ".join(f"`{choice.value}`" for choice in annotation)
    return WORDS[origin or annotation]


def _default(about: FieldInfo) -> str:  # noqa: PLR0911 - one line a kind
    value = about.default
    if value is PydanticUndefined:
        return "必写"
    if value is None or value in ("", (), {}):
        return "空"
    if isinstance(value, bool):
        return f"`{value}`".lower()
    if isinstance(value, time):
        return f'`"{value:%H:%M}"`'
    if isinstance(value, str | Path):
        return f'`"{Path(value).as_posix() if isinstance(value, Path) else value}"`'
    if isinstance(value, tuple):
        shown = [f"{v:%H:%M}" if isinstance(v, time) else v for v in value]
        return f"`{shown}`"
    return f"`{value}`"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(reference())
