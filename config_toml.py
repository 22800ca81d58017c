"""Reading a TOML file that an office clerk saved, and saying what Notepad did to it.

:func:`read_toml` gives the data, the line of every key, and the faults of the text
itself: wrong encodings, Chinese punctuation, backslashes, keys written twice.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config_faults import Fault, KeyPath
from config_key_lines import key_lines

_SAVE_AS_UTF8 = "用记事本打开，“文件”→“另存为”，“编码”选“UTF-8”，覆盖保存"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MOST_FAULTS = 20
_SHOWN = 60

_MEANT = dict(
    zip(
        "“”„‟「」‘’＝，、：；［］【】｛｝．－＃　\u00a0０１２３４５６７８９",
        '""""""' + "''" + "=,,=;[][]{}.-#" + "  " + "0123456789",
        strict=True,
    )
)
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""'
    r"|'''.*?'''"
    r'|(?P<basic>"(?:\\.|[^"\\\n])*")'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|(?P<open>[\"'][^\n]*)"
    rf"|(?P<odd>[{re.escape(''.join(_MEANT))}{_INVISIBLE}])",
    re.DOTALL,
)
_BAD_ESCAPE = re.compile(
    r'\\(?:[btnfr"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})|(?P<bad>\\)'
)


@dataclass(frozen=True, slots=True)
class TomlText:
    """A TOML file as read: its data (None when it cannot be read), lines, faults."""

    file: Path
    data: dict[str, Any] | None
    lines: dict[KeyPath, int]
    faults: tuple[Fault, ...]


def read_toml(file: Path) -> TomlText:
    """Read a settings file; what is wrong with its text comes as faults.

    A wrong encoding does not hide the other faults: the text is decoded as what it
    seems to be, and read on.
    """
    try:
        raw = file.read_bytes()
    except OSError as error:
        return TomlText(file, None, {}, (_cannot_open(file, error),))
    text, faults = _decode(file, raw)
    if text is None:
        return TomlText(file, None, {}, tuple(faults))
    read = parse_toml(file, text)
    return TomlText(file, read.data, read.lines, (*faults, *read.faults))


def parse_toml(file: Path, text: str) -> TomlText:
    """Read the text of a settings file, whether or not it stands on the disk yet."""
    text = text.replace("\r\n", "\n")
    data, wrong = _parse(file, text)
    lines = key_lines(text) if data is not None else {}
    return TomlText(file, data, lines, tuple(wrong))


def _cannot_open(file: Path, error: OSError) -> Fault:
    if isinstance(error, FileNotFoundError):
        found, mend = "没有这个文件", f"把文件放到 {file}，或改对路径"
    elif isinstance(error, IsADirectoryError):
        found, mend = "这是文件夹，不是文件", "写到文件名为止，如 config.toml"
    else:
        found, mend = "打不开", "关掉正在使用它的程序，检查是否有读取权限"
    return Fault(file, "", None, found, "能读", mend)


def _decode(file: Path, raw: bytes) -> tuple[str | None, list[Fault]]:
    if raw.startswith(_UTF16) or b"\x00" in raw:
        fault = _encoding_fault(file, 1, "文件是用 Unicode（UTF-16）编码保存的")
        if not raw.startswith(_UTF16):
            return None, [fault]
        return raw.decode("utf-16", errors="replace"), [fault]
    if raw.startswith(codecs.BOM_UTF8):
        fault = _encoding_fault(file, 1, "文件开头有看不见的 BOM 标记")
        return raw[3:].decode("utf-8", errors="replace"), [fault]
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        return None, [_encoding_fault(file, line, "这一行有读不出的字符")]
    return text, [_encoding_fault(file, line, "文件是用 ANSI（GBK）编码保存的")]


def _encoding_fault(file: Path, line: int, found: str) -> Fault:
    mend = _SAVE_AS_UTF8
    if "BOM" in found:
        mend += "（不要选“带有 BOM 的 UTF-8”）"
    return Fault(file, "", line, found, "用 UTF-8 编码保存", mend)


def _parse(file: Path, text: str) -> tuple[dict[str, Any] | None, list[Fault]]:
    faults = {fault.line: fault for fault in _odd_characters(file, text)}
    remaining = _without_lines(text, faults)
    data: dict[str, Any] | None = None
    for _ in range(_MOST_FAULTS):
        try:
            data = tomllib.loads(remaining)
        except tomllib.TOMLDecodeError as error:
            fault = _syntax_fault(file, remaining, str(error))
            faults.setdefault(fault.line, fault)
            shorter = _without_lines(remaining, {fault.line: fault})
            if shorter == remaining or _spans_lines(text, fault.line):
                break
            remaining = shorter
        else:
            break
    if faults:
        return None, sorted(faults.values(), key=lambda fault: fault.line or 0)
    return data, []


def _without_lines(text: str, faults: dict[int | None, Fault]) -> str:
    rows = text.split("\n")
    for line in faults:
        if line is not None and line <= len(rows) and not _spans_lines(text, line):
            rows[line - 1] = ""
    return "\n".join(rows)


def _spans_lines(text: str, line: int | None) -> bool:
    """Whether taking this line away would break what stands around it."""
    row = text.split("\n")[(line or 1) - 1] if text else ""
    code = re.sub(r"#.*", "", row)
    opens = code.count("[") + code.count("{") - code.count("]") - code.count("}")
    multiline = '"""' in row or "'''" in row
    return opens != 0 or multiline or not re.search(r"[=＝:：]", code)


def _odd_characters(file: Path, text: str) -> Iterator[Fault]:
    seen: set[int] = set()
    for match in _TOKEN.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        if line in seen:
            continue
        fault = _token_fault(file, line, match)
        if fault is not None:
            seen.add(line)
            yield fault


def _token_fault(file: Path, line: int, match: re.Match[str]) -> Fault | None:
    if match["odd"]:
        return _odd_fault(file, line, match["odd"])
    if match["open"]:
        return _open_fault(file, line, match["open"])
    if match["basic"] and any(m["bad"] for m in _BAD_ESCAPE.finditer(match["basic"])):
        return Fault(
            file,
            "",
            line,
            f"引号里有反斜杠 \\：{match['basic']}",
            "用斜杠 / 写路径",
            "把 \\ 都改成 /，如 D:/gonghui/data",
        )
    return None


def _odd_fault(file: Path, line: int, odd: str) -> Fault:
    if odd in _INVISIBLE:
        return Fault(
            file,
            "",
            line,
            "有看不见的字符（多半是从网页或微信复制来的）",
            "没有",
            "删掉这一行，用键盘重新输入",
        )
    names = {"　": "全角空格", "\u00a0": "网页里的空格"}
    meant = _MEANT[odd]
    return Fault(
        file,
        "",
        line,
        f"有中文（全角）符号 {names.get(odd, odd)}",
        f"是英文（半角）的 {'空格' if meant == ' ' else meant}",
        f"切到英文输入法，把 {names.get(odd, odd)} 改成 "
        f"{'空格' if meant == ' ' else meant}",
    )


def _open_fault(file: Path, line: int, opened: str) -> Fault:
    if re.search("[“”‘’]", opened):
        mend = "把中文引号改成英文引号，前后各一个"
    else:
        mend = f"在末尾补上 {opened[0]}"
    return Fault(file, "", line, "引号没有成对", "前后都是英文引号", mend)


def _syntax_fault(file: Path, text: str, message: str) -> Fault:
    place = re.search(r"\(at line (\d+), column (\d+)\)", message)
    rows = text.rstrip("\n").split("\n")
    line = int(place[1]) if place else len(rows)
    if "Unclosed array" in message:
        line = _opening_line(rows, line)
    if "overwrite" in message or "twice" in message or "mutate" in message:
        return _twice_fault(file, text, message, line)
    row = re.sub(r"\s#.*", "", rows[line - 1]).strip() if line <= len(rows) else ""
    for pattern, expected, mend in _SYNTAX:
        if re.search(pattern, f"{message}\n{row}"):
            return Fault(
                file, "", line, f"这一行读不懂：{row[:_SHOWN]}", expected, mend
            )
    return Fault(
        file,
        "",
        line,
        f"这一行读不懂：{row[:_SHOWN]}",
        "是“名称 = 值”的形式",
        "照随附的 config.toml 的写法改",
    )


def _opening_line(rows: list[str], line: int) -> int:
    """Where the list began that is still open at this line."""
    starts = [
        number
        for number, row in enumerate(rows[:line], 1)
        if re.match(r"[^#]*=\s*\[[^\]]*$", row)
    ]
    return starts[-1] if starts else line


def _twice_fault(file: Path, text: str, message: str, line: int) -> Fault:
    header = re.search(r"Cannot declare \((.*?),?\) twice", message)
    if header:
        name = header[1].replace("'", "").replace(", ", ".")
        return Fault(
            file,
            name,
            line,
            f"[{name}] 写了两次",
            "只写一次",
            "把两处的内容合到一处，删掉另一处",
        )
    seen: dict[str, int] = {}
    for number, row in enumerate(text.split("\n"), 1):
        if re.match(r"\s*\[", row):
            seen = {}
        key = re.match(r"\s*([\w.\"-]+)\s*=", row)
        if key and key[1] in seen:
            found = f"{key[1]} 写了两次（第 {seen[key[1]]} 行已有）"
            return Fault(file, key[1], number, found, "只写一次", "删掉其中一行")
        if key:
            seen[key[1]] = number
    return Fault(file, "", line, "有一项写了两次", "只写一次", "删掉其中一处")


_SYNTAX: tuple[tuple[str, str, str], ...] = (
    (r"Unclosed array", "列表的各项用英文逗号隔开，最后有 ]", "补上漏掉的逗号或 ]"),
    (r"Unclosed inline|inline table", "花括号成对且写在一行里", "补上 }，或改成小节"),
    (r"Unterminated string|Expected \"'\"", "引号成对", "在末尾补上引号"),
    (r"table declaration|\n\s*\[[^\]]*$", "小节名写成 [名称]", "补上 ]"),
    (r"Invalid date", "是日历上有的日期", "改对日期，如 2026-10-01"),
    (r"Expected '='[\s\S]*\n\s*\w+\s*:", "用等号 =", "把冒号 : 改成等号 ="),
    (r"Expected '='", "是“名称 = 值”的形式", "在名称和值之间加上等号 ="),
    (r"\n[^=]*=\s*(True|False|TRUE|FALSE)\b", "是小写的 true 或 false", "改成小写"),
    (
        r"\n[^=]*=\s*(yes|no|on|off|是|否)\s*$",
        "是 true 或 false",
        "是写 true，否写 false",
    ),
    (r"\n[^=]*=\s*\d{1,2}:\d{2}\s*$", "时间加引号", '写成 "08:00"'),
    (r"\n[^=]*=\s*0\d+\s*$", "数字不以 0 开头", "去掉前面的 0；电话、邮编要加引号"),
    (r"\n[^=]*=\s*$", "等号后面有值", "补上值；不用的项整行删掉"),
    (
        r"\n[^=]*=\s*\d[\d-]*[^\d\s-]",
        "数字后面没有别的字",
        "去掉单位；电话等文字要加引号",
    ),
    (r"Invalid value", "文字加英文引号", '用英文引号括起来，如 "枝江"'),
    (r"Invalid statement|key part", "名称用英文", "名称照随附的 config.toml 写"),
    (r"Illegal character", "没有特殊字符", "删掉这一行，用键盘重新输入"),
    (r"Expected newline", "一行只写一项", "分成两行；文字要用引号括起来"),
)
