"""The command line ``gonghui``: help that teaches, in Chinese."""

from __future__ import annotations

import importlib
import signal
import sys
from types import FrameType
from typing import Annotated, Any

import typer
from rich.markup import escape

from newsroom.errors import NewsroomError
from workflow.console import console, error_console, speak_utf8
from workflow.disk_faults import disk_sentence
from workflow.missing_parts import missing_sentence
from workflow.speech import HELP_NAMES, Command, Group, set_words, usage_sentence

USAGE_ERROR = 2
FAILED = 1
INTERRUPTED = 130
EPILOG = (
    "常用顺序：每天 [bold]gonghui morning[/] 出内部版，审看后 "
    "[bold]gonghui release 日期 --edited-by 张某 --signed-by 李某[/] 放进公开版，"
    "[bold]gonghui publish[/] 发布到主机（或 [bold]gonghui pack[/] 打包上传）。"
    "每个命令后面加 [bold]--help[/]，有它的说明和例子。"
    "退出码：0 全部正常；10 已完成但有来源失败；20 有告警；"
    "30 生成失败；40 发布失败；2 命令写错；130 被中止；1 其他错误。"
)
COMMANDS = (
    ("demo", "先看看"),
    ("morning", "每天早晨"),
    ("crawl", "每天早晨"),
    ("build", "每天早晨"),
    ("release", "每天早晨"),
    ("forms", "看和发"),
    ("mail", "看和发"),
    ("group", "看和发"),
    ("serve", "看和发"),
    ("pack", "看和发"),
    ("publish", "看和发"),
    ("verify", "看和发"),
    ("withdraw", "看和发"),
    ("links", "看和发"),
    ("serve_desk", "投稿"),
    ("desk", "投稿"),
    ("people", "投稿"),
    ("cards", "投稿"),
    ("submissions", "投稿"),
    ("accept", "投稿"),
    ("paste", "投稿"),
    ("type_in", "投稿"),
    ("mail_in", "投稿"),
    ("privacy", "投稿"),
    ("sources", "来源"),
    ("add", "来源"),
    ("read", "来源"),
    ("list", "来源"),
    ("schedule", "值守"),
    ("alarm", "值守"),
    ("backup", "值守"),
    ("restore", "值守"),
    ("doctor", "体检"),
)

_SOME = ("build", "list")  # one command alone would be no group


def _tell_version(wanted: bool) -> None:
    """Name the versions that a maintainer asks for first, and leave."""
    if wanted:
        from workflow.machine import versions

        console().print(versions(), soft_wrap=True, highlight=False)
        raise typer.Exit


def make_app(asked: str = "") -> typer.Typer:
    """The whole command line; each command's file is light to import.

    Where a command that there is was asked for, only that one and a few others are
    loaded, for a quicker start.
    """
    set_words()
    names = {name for name, _ in COMMANDS}
    wanted = {asked.replace("-", "_"), *_SOME}
    if not names >= wanted:
        wanted = names
    app = typer.Typer(
        name="gonghui",
        cls=Group,
        help="工会之声：把各级工会网站和镇街投稿编成每天一页的简报和网站。",
        epilog=EPILOG,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode="rich",
        context_settings=HELP_NAMES,
        pretty_exceptions_enable=False,
    )
    app.callback()(_whole_program)
    for name, panel in COMMANDS:
        if name not in wanted:
            continue
        module = importlib.import_module(f"workflow.commands.{name}")
        if hasattr(module, "group"):
            app.add_typer(module.group(), name=name, rich_help_panel=panel)
        else:
            app.command(
                name.replace("_", "-"),
                cls=Command,
                rich_help_panel=panel,
                context_settings=HELP_NAMES,
            )(getattr(module, module.__dict__.get("COMMAND", name)))
    return app


def _whole_program(
    version: Annotated[
        bool,
        typer.Option(
            "--version", "-V", help="显示版本", is_eager=True, callback=_tell_version
        ),
    ] = False,
) -> None:
    """Options of the program as a whole; each is answered by its own callback."""


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit code; errors are sentences."""
    speak_utf8()
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """Being asked to end is Ctrl-C: children are stopped, the lock is let go."""
    raise KeyboardInterrupt


def run(arguments: list[str]) -> int:
    """Run one command and give its exit code."""
    app = make_app(arguments[0] if arguments else "")
    command: Any = typer.main.get_command(app)
    try:
        code = command.main(arguments, prog_name="gonghui", standalone_mode=False)
    except NewsroomError as error:
        _complain(str(error))
        return FAILED
    except (typer.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except typer.Exit as leave:
        return leave.exit_code
    except Exception as error:
        if getattr(error, "exit_code", None) == USAGE_ERROR:
            return _usage(error)
        refused = disk_sentence(error) or missing_sentence(error)
        if refused is None:
            raise
        _complain(refused)
        return FAILED
    if code == INTERRUPTED:  # Typer turns Ctrl-C into this code, without a word
        return stopped()
    return code if isinstance(code, int) else 0


def stopped() -> int:
    """Say that a command was stopped; its exit code."""
    _complain("已中止。已经收下的稿件和网页都还在，再运行一次即可接着做。")
    return INTERRUPTED


def _usage(error: Any) -> int:  # noqa: ANN401 - Typer's private class
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        return USAGE_ERROR
    _complain(f"{usage_sentence(error.format_message())}。")
    path = error.ctx.command_path if error.ctx else "gonghui"
    error_console().print(f"看说明：[bold]{path} --help[/]")
    return USAGE_ERROR


def _complain(sentence: str) -> None:
    # A sentence names sections such as [site]; Rich would take them for its own marks.
    words = escape(sentence)
    error_console().print(f"[red]出错了：[/]{words}", soft_wrap=True)


if __name__ == "__main__":
    main()
