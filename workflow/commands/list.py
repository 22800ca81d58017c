"""``gonghui list``: the rows that the reading finds on a list page or in a feed."""

from __future__ import annotations

from typing import Annotated

import typer

from workflow.commands.options import AsOf, Config

COMMAND = "list_page"


def list_page(
    page: Annotated[
        str,
        typer.Argument(metavar="文件或网址", help="存下来的栏目页或订阅源，或它的网址"),
    ],
    url: Annotated[
        str | None,
        typer.Option(
            "--url",
            metavar="网址",
            help="存下来的网页原来的地址，用来补全链接",
            show_default=False,
        ),
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象")] = False,
    as_of: AsOf = None,
    config: Config = None,
) -> None:
    """读一个栏目页或订阅源，列出认出的条目和下一页。

    新加来源之前用它看看：标题全不全、日期对不对、有没有多出导航链接。

    例：[bold]gonghui list 栏目.html --url http://www.example.cn/xw/[/]
    """
    import json as json_text

    from workflow.clock import read_as_of
    from workflow.console import console
    from workflow.office import open_office
    from workflow.reading import (
        get_pages,
        is_address,
        meant_page,
        read_rows,
        rows_to_json,
    )
    from workflow.reading_shown import show_rows

    page = meant_page(page)
    office = open_office(config, as_of) if is_address(page) else None
    rows = read_rows(get_pages(page, url, read_as_of(as_of), office)[0])
    if json_:
        typer.echo(json_text.dumps(rows_to_json(rows), ensure_ascii=False))
        return
    show_rows(rows, console())
