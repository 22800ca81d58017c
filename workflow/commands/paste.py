"""``gonghui paste``: stories out of a chat into the inbox."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workflow.commands.options import AsOf, Config

if TYPE_CHECKING:
    from newsroom.submission import Door


def paste(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="文件",
            help="存着聊天文字的文本文件；不写就从键盘或管道读",
            show_default=False,
        ),
    ] = None,
    unit: Annotated[
        str,
        typer.Option("--unit", metavar="单位", help="文字里没写单位时，算哪个单位的"),
    ] = "",
    as_of: AsOf = None,
    config: Config = None,
) -> None:
    """把微信里复制来的文字收成投稿：一次可以有好几篇。

    认得报送页做出来的【…工报送】文字块；没有文字块的，第一行作标题，其余作正文，
    并列出还缺什么。收下后给出可以贴回微信的回执。

    例：[bold]gonghui paste 聊天.txt[/]
    """
    from newsroom.submission import Door

    text = read_text(file)
    take_words(text, unit=unit, door=Door.WECHAT, by=None, as_of=as_of, config=config)


def take_words(
    text: str,
    *,
    unit: str,
    door: Door,
    by: str | None,
    as_of: str | None,
    config: Path | None,
) -> None:
    """Take the stories of a text, and show what became of each."""
    from workflow.console import console
    from workflow.office import open_office
    from workflow.pasting import take_pasted
    from workflow.run_lock import run_lock

    office = open_office(config, as_of)
    out = console()
    with office.store() as store, run_lock(office.data, office.now):
        answers = take_pasted(office, store, text, unit=unit, door=door, by=by)
    for answer in answers:
        if answer.kept is not None:
            word = "[green]已收[/]" if answer.is_new else "已收过"
            out.print(f"{word} {answer.kept.number} {answer.kept.title}")
            out.print(f"回执：{answer.receipt}", soft_wrap=True)
        for note in answer.notes:
            out.print(f"[yellow]注意：[/]{note}", soft_wrap=True)
    if any(answer.kept is None for answer in answers):
        raise typer.Exit(1)


def read_text(file: Path | None) -> str:
    """The text of a file in any usual encoding, or of standard input.

    Raises:
        NewsroomError: it cannot be read, or is no text.
    """
    from newsroom.errors import NewsroomError
    from submissions.drafts import decode_text

    if file is None:
        return sys.stdin.read()
    try:
        text = decode_text(file.read_bytes())
    except FileNotFoundError as error:
        raise NewsroomError(f"没有「{file}」这个文件，请检查路径") from error
    except OSError as error:
        raise NewsroomError(
            f"{file} 读不了（{error.strerror}）：请检查文件名"
        ) from error
    if text is None:
        raise NewsroomError(f"{file} 不是文本文件：请另存为 .txt 再收")
    return text
