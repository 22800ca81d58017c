"""Typer in Chinese: panel titles, the help option, and usage errors as sentences."""

from __future__ import annotations

import re
from typing import Any

import typer.core
import typer.rich_utils
from rich.text import Text
from typer.core import TyperArgument, TyperCommand, TyperGroup

from workflow.line_breaks import break_as_chinese

HELP_NAMES = {"help_option_names": ["-h", "--help"]}
_KINDS = {
    "str": "文字",
    "int": "整数",
    "int range": "整数",
    "float": "数",
    "path": "文件",
    "file": "文件",
    "directory": "文件夹",
}
_USAGE = (
    (r"Invalid value for '?(.+?)'?: (.+)", "「{0}」的值不对：{1}"),
    (r"Invalid value: (.+)", "{0}"),
    (r"No such command '(.+?)'", "没有「{0}」这个命令"),
    (r"No such option: (\S+)", "没有「{0}」这个选项"),
    (r"Missing command", "请在 gonghui 后面写一个命令"),
    (r"Missing argument '(.+?)'", "缺少「{0}」"),
    (r"Missing option '(.+?)'", "缺少选项「{0}」"),
    (r"Missing parameter: (\S+)", "缺少「{0}」"),
    (r"Option '(.+?)' requires an argument", "选项「{0}」后面要写一个值"),
    (r"Got unexpected extra argument.*?\((.+?)\)", "多写了「{0}」"),
    (r"'(.+?)' does not exist", "没有「{0}」这个文件或文件夹"),
    (r"valid integer|not a valid int", "要写一个整数"),
    (r"valid (?:number|float)", "要写一个数"),
    (r"greater than or equal to (\S+)", "不能小于 {0}"),
    (r"less than or equal to (\S+)", "不能大于 {0}"),
    (r"'(.*?)' is not one of (.+)", "「{0}」不在可选的值里：{1}"),
)
_MEANT = re.compile(r"(?:Did you mean|Possible options:) ([^?)]+)")

_WRITTEN = (
    (r"^Usage: ", "用法："),
    (r"\[OPTIONS\]", "[选项]"),
    (r"COMMAND \[ARGS\]\.\.\.", "命令 …"),
    (r"\{([^{}|]+)\}", r"\1"),  # braces round what must be written would be typed
    (r"\.\.\.$", "…"),
)


def set_words() -> None:
    """Put Typer's own words into Chinese, and its lines."""
    break_as_chinese()
    words = typer.rich_utils
    words.OPTIONS_PANEL_TITLE = "选项"
    words.COMMANDS_PANEL_TITLE = "命令"
    words.ARGUMENTS_PANEL_TITLE = "参数"
    words.ERRORS_PANEL_TITLE = "出错了"
    words.DEFAULT_STRING = "[默认：{}]"
    words.ENVVAR_STRING = "[环境变量：{}]"
    words.REQUIRED_LONG_STRING = "[必填]"
    words.ABORTED_TEXT = "已中止。"
    words._make_rich_text = _folded  # noqa: SLF001 - Typer has no door for it
    typer.core._TyperParameter.display_type = _kind  # type: ignore[assignment, method-assign]  # noqa: SLF001 - nor for this


def _kind(parameter: Any, ctx: Any) -> str:  # noqa: ANN401 - Typer's own
    """What is to be written after an option; nothing where its name says it all."""
    if isinstance(parameter, TyperArgument) or getattr(parameter, "is_flag", False):
        return ""
    told = _KIND(parameter, ctx).strip("<>")
    is_many = told.startswith("list[")
    one = told.removeprefix("list[").removesuffix("]") if is_many else told
    return _KINDS.get(one, one)


_KIND = typer.core._TyperParameter.display_type  # noqa: SLF001 - see above
_MAKE_TEXT = typer.rich_utils._make_rich_text  # noqa: SLF001 - see above


def _folded(**how: Any) -> Any:  # noqa: ANN401 - Rich's own
    """An explanation that goes on in the next line where it has no blank.

    Rich would cut it with an ellipsis.
    """
    text = _MAKE_TEXT(**how)
    if isinstance(text, Text):
        text.overflow = "fold"
    return text


def usage_sentence(message: str) -> str:
    """A usage error of Typer as a Chinese sentence; unknown ones stay as they are."""
    for pattern, sentence in _USAGE:
        found = re.search(pattern, message)
        if found:
            words = (group.replace("' / '", " 或 ") for group in found.groups())
            return sentence.format(*map(usage_sentence, words)) + _meant(message)
    return message


def _meant(message: str) -> str:
    """What was perhaps meant, as Typer's own comparison of spellings has it."""
    found = _MEANT.search(message)
    if not found:
        return ""
    return "，是不是 " + " 或 ".join(re.findall(r"[\w-]+", found[1]))


class _ChineseHelp:
    """Words the first line and the help option in Chinese."""

    def get_usage(self, ctx: Any) -> str:  # noqa: ANN401 - Typer's private class
        """How the command is written, e.g. 用法：gonghui release [选项] 日期."""
        usage: str = super().get_usage(ctx)  # type: ignore[misc]
        for theirs, ours in _WRITTEN:
            usage = re.sub(theirs, ours, usage)
        return usage

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401 - Typer's private class
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示这份说明"
        return option


class Command(_ChineseHelp, TyperCommand):
    """A command that explains itself in Chinese."""


class Group(_ChineseHelp, TyperGroup):
    """A group of commands in the order in which an office meets them."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - Typer's
        """The commands in the order of registration."""
        return list(self.commands)
