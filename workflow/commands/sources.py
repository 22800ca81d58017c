"""``gonghui sources``: the list of sources, a test visit, a page for the maintainer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workflow.commands.options import AsOf, Config
from workflow.speech import HELP_NAMES, Command, Group

LOSSES = 10


def group() -> typer.Typer:
    """The commands on sources."""
    app = typer.Typer(
        cls=Group,
        help="来源：看清单，试读一个，或把读不好的网页打包给维护人员。",
        no_args_is_help=True,
        rich_markup_mode="rich",
        context_settings=HELP_NAMES,
    )
    for name, command in (("list", list_), ("check", check), ("try", try_)):
        app.command(name, cls=Command, context_settings=HELP_NAMES)(command)
    return app


def list_(config: Config = None, as_of: AsOf = None) -> None:
    """列出全部来源：编号、层级、读法、状态、最近一次成功和地址。

    「待确认地址」的来源不采集，也不算失败。

    例：[bold]gonghui sources list[/]
    """
    from workflow.console import console
    from workflow.doctoring import has_store, last_visits
    from workflow.office import open_office
    from workflow.sources_view import show_sources

    office = open_office(config, as_of)
    settings = office.settings
    tiers = {id_: tier.name for id_, tier in settings.book.tiers.items()}
    if not has_store(office):
        show_sources(settings.sources, tiers, lambda _: None, console())
        return
    with office.store() as store:
        last = last_visits(store, office.now)
        show_sources(settings.sources, tiers, last, console())


def check(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="来源",
            help="编号或名称；不写就把启用的逐个试一遍",
            show_default=False,
        ),
    ] = None,
    config: Config = None,
    as_of: AsOf = None,
) -> None:
    """试读来源：守 robots.txt，看列表有几条，读第一篇；什么也不存。

    新填了地址、来源打不开或改版了，用它看。有问题时退出码是 10。

    例：[bold]gonghui sources check hbghw[/]
    """
    from workflow.collecting import readable_sources
    from workflow.console import console, error_console
    from workflow.office import open_office
    from workflow.source_care import check_source, find_source
    from workflow.sources_view import show_check

    office = open_office(config, as_of)
    sources = office.settings.sources
    asked = (find_source(sources, name),) if name else readable_sources(office)
    good = True
    for source in asked:
        with error_console().status(f"正在试读 {source.name}……"):
            found = check_source(office, source)
        show_check(found, console())
        good = good and found.is_good
    if not good:
        raise typer.Exit(LOSSES)


def try_(
    url: Annotated[str, typer.Argument(metavar="网址", help="一个栏目页或一篇文章")],
    save: Annotated[
        Path | None,
        typer.Option(
            "--save",
            metavar="文件.zip",
            help="把网页原样和读到的结果打包，发给维护人员；不含本单位的任何内容",
            show_default=False,
        ),
    ] = None,
    config: Config = None,
    as_of: AsOf = None,
) -> None:
    """试读一个网址：既当栏目页读，也当文章读，看哪样读得好。

    读得不对时加 [bold]--save[/] 打包，把 zip 发给维护人员。

    例：[bold]gonghui sources try http://www.example.cn/xw/ --save 网页.zip[/]
    """
    from contextlib import ExitStack

    from rich.text import Text

    from workflow.console import console, error_console
    from workflow.office import open_office
    from workflow.page_parcel import save_parcel
    from workflow.source_care import visit_address
    from workflow.sources_view import show_both_ways, show_losses

    office = open_office(config, as_of)
    out = console()
    with ExitStack() as stack:
        with error_console().status(f"正在打开 {url} ……"):
            visited = stack.enter_context(visit_address(office, url))
        for kept in visited.pages[:1]:
            show_both_ways(kept.page, out)
        show_losses(visited.losses, out)
        if save is not None:
            save_parcel(save, visited.spool, visited.pages, visited.losses)
            out.print(Text(f"已打包：{save}"), soft_wrap=True)
    if not any(kept.role == "article" for kept in visited.pages):
        raise typer.Exit(1)
