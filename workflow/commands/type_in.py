"""``gonghui type-in``: what came by telephone or on paper, typed by an editor."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workflow.commands.options import AsOf, Config

COMMAND = "type_in"


def type_in(
    unit: Annotated[
        str, typer.Option("--unit", metavar="单位", help="谁报的，如 安福寺镇")
    ],
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="谁代录的")],
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="文件",
            help="存着文字的文本文件；不写就打开编辑器",
            show_default=False,
        ),
    ] = None,
    as_of: AsOf = None,
    config: Config = None,
) -> None:
    """代录：把电话里说的、纸上写的录成投稿，标明「代录」和录入人。

    第一行写标题，下面写正文；也可以写「日期：」「地点：」「作者：」「审核：」各一行。

    例：[bold]gonghui type-in 电话记录.txt --unit 安福寺镇 --by 何某[/]
    """
    import click

    from newsroom.submission import Door
    from workflow.commands.paste import read_text, take_words

    text = read_text(file) if file else click.edit(_FORM, extension=".txt")
    words = (text or "").replace(_HINT, "")
    take_words(words, unit=unit, door=Door.TYPED, by=by, as_of=as_of, config=config)


_HINT = "（第一行写标题，下面写正文；存盘后关掉就收下。这一行不用删。）\n"
_FORM = f"{_HINT}\n日期：\n地点：\n作者：\n审核：\n正文：\n"
