"""``gonghui add``: a page kept by hand, from its address or a saved file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workflow.commands.options import AsOf, Config


def add(
    page: Annotated[
        str,
        typer.Argument(
            metavar="网址或文件",
            help="文章的网址，或在浏览器里“另存为”的网页",
            show_default=False,
        ),
    ],
    source: Annotated[
        str | None,
        typer.Option(
            "--source",
            metavar="来源",
            help="归哪个来源：编号或名称",
            show_default=False,
        ),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(
            "--url",
            metavar="网址",
            help="存下来的网页原来的地址；文件里写着就不用",
            show_default=False,
        ),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar="日期",
            help="页面没写日期时的发布日期",
            show_default=False,
        ),
    ] = None,
    config: Config = None,
    as_of: AsOf = None,
) -> None:
    """手工收一篇：把一个网址或存下来的网页收进稿库，和别的稿件一起参加下一期选稿。

    打不开、要验证的网站和微信公众号文章用它：在浏览器或微信里打开，复制网址或“另存为”。

    例：[bold]gonghui add 文章.html --source hbghw[/]
    """
    from rich.text import Text

    from workflow.adding import add_pages, saved_page
    from workflow.clock import read_day
    from workflow.console import console
    from workflow.office import open_office
    from workflow.reading import is_address, meant_page
    from workflow.reading_shown import show_article
    from workflow.source_care import fetch_pages

    office = open_office(config, as_of)
    page = meant_page(page)
    if is_address(page):
        pages = fetch_pages(office, page)
    else:
        pages = (saved_page(Path(page), url, office.now),)
    day = read_day(date) if date else None
    added = add_pages(office, pages, name=source, day=day)
    out = console()
    show_article(added.article, out)
    done = (
        "已收下（手工），参加下一期选稿" if added.is_new else "这篇已经有了，没有重复收"
    )
    out.print(Text(f"{done}；来源：{added.source.name}"), soft_wrap=True)
