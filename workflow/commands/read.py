"""``gonghui read``: what the reading makes of one page, or of many saved ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workflow.commands.options import AsOf, Config

if TYPE_CHECKING:
    from datetime import datetime

    from workflow.office import Office

LEANS_ON_NOW = (
    "[yellow]注意：[/]日期是从「昨天」一类的词按今天推算的；"
    "如果网页是以前存的，请加 --as-of 写上存的那天。"
)
Url = Annotated[
    str | None,
    typer.Option(
        "--url",
        metavar="网址",
        help="存下来的网页原来的地址，用来补全图片和链接",
        show_default=False,
    ),
]


def read(
    page: Annotated[
        str | None,
        typer.Argument(
            metavar="文件或网址", help="存下来的网页，或一个网址", show_default=False
        ),
    ] = None,
    url: Url = None,
    json_: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="说明每一项是按哪条规则读出来的")
    ] = False,
    cases: Annotated[
        Path | None,
        typer.Option(
            "--cases",
            metavar="清单.jsonl",
            help="成批读：每行一个 id、kind、file、url",
            show_default=False,
        ),
    ] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="成批读时每行输出一个 JSON，不显示表格")
    ] = False,
    as_of: AsOf = None,
    config: Config = None,
) -> None:
    """读一个网页，看系统认出的标题、日期、来源和正文。

    某篇稿件的标题或日期不对时用它来查：加 [bold]--explain[/] 看每一项的依据。
    网址按采集的规矩打开（守 robots.txt，不碰内网地址），不存入稿库。

    例：[bold]gonghui read 稿件.html --url http://www.example.cn/1.html[/]
    """
    import json as json_text

    from newsroom.article import article_to_json
    from newsroom.errors import NewsroomError
    from workflow.clock import read_as_of
    from workflow.console import console
    from workflow.reading import (
        explanation,
        get_pages,
        is_address,
        leans_on_now,
        meant_page,
        read_whole,
    )
    from workflow.reading_shown import show_article, show_witnesses

    if cases is not None:
        _read_cases(cases, read_as_of(as_of) if as_of else None, jsonl=jsonl)
        return
    if page is None:
        raise NewsroomError("请写一个文件或网址，例：gonghui read 稿件.html")
    page = meant_page(page)
    office = _office(config, as_of) if is_address(page) else None
    article = read_whole(get_pages(page, url, read_as_of(as_of), office))
    if json_:
        found = article_to_json(article)
        found |= {"witnesses": explanation(article)} if explain else {}
        typer.echo(json_text.dumps(found, ensure_ascii=False))
        return
    show_article(article, console())
    if leans_on_now(article) and as_of is None:
        console().print(LEANS_ON_NOW)
    if explain:
        show_witnesses(article, console())


def _office(config: Path | None, as_of: str | None) -> Office:
    from workflow.office import open_office

    return open_office(config, as_of)


def _read_cases(file: Path, fetched_at: datetime | None, *, jsonl: bool) -> None:
    import functools
    import json

    from page_reading import read_case
    from workflow.console import console, error_console, progress_bar
    from workflow.reading import load_cases, read_cases
    from workflow.reading_shown import show_readings

    one = functools.partial(read_case, fetched_at=fetched_at)
    total = len(load_cases(file))
    readings = []
    with progress_bar(error_console()) as progress:
        task = progress.add_task("读网页", total=total, detail="")
        for found in read_cases(file, one):
            if jsonl:
                typer.echo(json.dumps(found, ensure_ascii=False))
            readings.append(found)
            progress.update(task, advance=1, detail=str(found.get("id", "")))
    if not jsonl:
        show_readings(readings, console())
