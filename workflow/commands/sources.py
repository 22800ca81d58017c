"""``gonghui sources``: the list of sources, a test visit, a page for the maintainer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workflow.commands.options import AsOf, Config
from workflow.speech import HELP_NAMES, Command, Group

if TYPE_CHECKING:
    from rich.console import Console

LOSSES = 10


def group() -> typer.Typer:
    """The commands on sources."""
    app = typer.Typer(
        cls=Group,
        help="来源：看清单，加一个，试读、停用、修版式，或把读不好的网页打包。",
        no_args_is_help=True,
        rich_markup_mode="rich",
        context_settings=HELP_NAMES,
    )
    commands = (
        ("list", list_),
        ("add", add),
        ("check", check),
        ("try", try_),
        ("gaps", gaps),
        ("repair", repair),
        ("pause", pause),
        ("resume", resume),
        ("remove", remove),
        ("trust", trust),
    )
    for name, command in commands:
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

    新填了地址、来源打不开或改版了，用它看；用 sources add 加的还和当时的样本比。
    有问题时退出码是 10。

    例：[bold]gonghui sources check hbghw[/]
    """
    from workflow.collecting import readable_sources
    from workflow.console import console, error_console
    from workflow.office import open_office
    from workflow.source_care import check_source, find_source
    from workflow.source_samples import compare_sample, sample_folder
    from workflow.sources_view import show_check, show_differences

    office = open_office(config, as_of)
    sources = office.settings.sources
    asked = (find_source(sources, name),) if name else readable_sources(office)
    good = True
    for source in asked:
        with error_console().status(f"正在试读 {source.name}……"):
            found = check_source(office, source)
        differences = compare_sample(sample_folder(office, source.id), source)
        show_check(found, console())
        show_differences(differences, console())
        good = good and found.is_good and not differences
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
    url = _meant(url, out)
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


Name = Annotated[
    str, typer.Argument(metavar="来源", help="编号或名称", show_default=False)
]


def add(
    url: Annotated[
        str, typer.Argument(metavar="网址", help="首页、栏目页、订阅或一篇文章")
    ],
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="名称", help="名称", show_default=False),
    ] = None,
    level: Annotated[
        str | None,
        typer.Option(
            "--level", metavar="层级", help="层级的编号，如 zj", show_default=False
        ),
    ] = None,
    id_: Annotated[
        str | None,
        typer.Option("--id", metavar="编号", help="编号，定了不改", show_default=False),
    ] = None,
    union_filter: Annotated[
        bool | None,
        typer.Option(
            "--union-filter/--no-union-filter",
            help="只留有工会主题的；综合新闻网站要开",
            show_default=False,
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="不问，照认出的写入")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只试读，给出会写的内容，不改设置")
    ] = False,
    config: Config = None,
    as_of: AsOf = None,
) -> None:
    """加一个来源：给一个网址，自己找出栏目、订阅或接口，试读十篇，写进 config.toml。

    先给出预览（表格和一张本机网页），再问名称、层级、要不要筛；拿不准的会说。
    写之前先验设置，旧的 config.toml 留底；读到的网页存成样本，供以后比对。

    例：[bold]gonghui sources add http://www.example.cn/xw/[/]
    """
    from workflow.asking import ask_whether
    from workflow.console import console, error_console
    from workflow.office import open_office
    from workflow.source_adding import (
        block_of,
        check_new,
        check_tier,
        check_unknown,
        keep_source,
    )
    from workflow.source_asking import ask_source
    from workflow.source_finding import confirm, find_source_at
    from workflow.source_preview import make_preview, show_preview, write_preview

    office = open_office(config, as_of)
    out = console()
    url = _meant(url, out)
    check_unknown(office, (url,))
    if level is not None:
        check_tier(office, level)
    with error_console().status("") as status:
        found = find_source_at(office, url, lambda words: status.update(f"{words}……"))
    found = confirm(found, name=name, tier=level, id=id_, union_filter=union_filter)
    preview = make_preview(found)
    show_preview(preview, out)
    page = write_preview(preview, office.data / "preview" / f"{found.source.id}.html")
    out.print(f"预览网页：{page}", soft_wrap=True)
    check_new(office, found)
    if not (yes or dry_run):
        given = {"name": name, "tier": level, "union_filter": union_filter}
        found = ask_source(
            office, found, {k for k, v in given.items() if v is not None}
        )
    out.print(block_of(office, found), markup=False, soft_wrap=True)
    if dry_run:
        out.print("只是试读，没有写入。去掉 --dry-run 就会写进 config.toml。")
        return
    if not (yes or ask_whether("写进 config.toml？", default=True)):
        out.print("没有写入，config.toml 没有动。")
        return
    keep_source(office, found)
    out.print(
        f"已加上来源「{found.source.name}」（{found.source.id}）。"
        "下次采集就会读它：第一次最多取 30 天内、50 篇。",
        soft_wrap=True,
    )


def _meant(given: str, out: Console) -> str:
    """The address that was meant; said where it is not what was typed."""
    from workflow.asking import meant_address

    url = meant_address(given)
    if url != given:
        out.print(f"按 {url} 来读", markup=False, soft_wrap=True)
    return url


def pause(name: Name, config: Config = None, as_of: AsOf = None) -> None:
    """停用一个来源：不再采集；收下的稿件都在。

    例：[bold]gonghui sources pause hbghw[/]
    """
    from workflow.console import console
    from workflow.office import open_office
    from workflow.source_adding import pause_source
    from workflow.source_care import find_source

    office = open_office(config, as_of)
    source = find_source(office.settings.sources, name)
    pause_source(office, source)
    console().print(
        f"已停用 {source.name}；恢复：gonghui sources resume {source.id}",
        soft_wrap=True,
    )


def trust(name: Name, config: Config = None, as_of: AsOf = None) -> None:
    """核对后重新信任一个被扣下的来源：它被扣的稿件放行。

    网站疑似被他人占用时，它的新稿全部扣下；先用浏览器打开看过再用。

    例：[bold]gonghui sources trust hbghw[/]
    """
    from workflow.console import console
    from workflow.office import open_office
    from workflow.quarantining import trust as trust_source
    from workflow.source_care import find_source

    office = open_office(config, as_of)
    source = find_source(office.settings.sources, name)
    with office.store() as store:
        freed = trust_source(office, store, source.id)
    console().print(f"已信任 {source.name}，放行 {freed} 篇稿件", soft_wrap=True)


def resume(name: Name, config: Config = None, as_of: AsOf = None) -> None:
    """恢复一个停用的来源。

    例：[bold]gonghui sources resume hbghw[/]
    """
    from workflow.console import console
    from workflow.office import open_office
    from workflow.source_adding import resume_source
    from workflow.source_care import find_source

    office = open_office(config, as_of)
    source = find_source(office.settings.sources, name)
    resume_source(office, source)
    console().print(f"已恢复 {source.name}，下次采集就会读它", soft_wrap=True)


def remove(name: Name, config: Config = None, as_of: AsOf = None) -> None:
    """删掉一个来源：它那一段变成注释，旧的 config.toml 留底；稿件和原始网页都不删。

    已经收过稿件的来源只停用，不删那一段，网页上才说得清稿件从哪里来。

    例：[bold]gonghui sources remove hbghw[/]
    """
    from workflow.console import console
    from workflow.office import open_office
    from workflow.source_adding import kept_configs, remove_source
    from workflow.source_care import find_source

    office = open_office(config, as_of)
    source = find_source(office.settings.sources, name)
    if remove_source(office, source):
        done = f"已删掉 {source.name}：config.toml 里那一段变成了注释"
    else:
        done = f"{source.name} 收过稿件，只停用：不再采集，稿件和设置都在"
    console().print(f"{done}。旧的设置留在 {kept_configs(office)}", soft_wrap=True)


def gaps(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="来源", help="编号或名称；不写就看全部", show_default=False
        ),
    ] = None,
    days: Annotated[
        int, typer.Option("--days", metavar="天数", min=14, max=400, help="往回看几天")
    ] = 60,
    config: Config = None,
    as_of: AsOf = None,
) -> None:
    """看来源有没有断档：按它平日的节奏，该有稿而没有稿的日子，并给出补采的命令。

    没做完的补采也列出来；再运行同一条命令就接着做。

    例：[bold]gonghui sources gaps hbghw[/]
    """
    from datetime import timedelta

    from workflow.backfill import unfinished
    from workflow.collecting import readable_sources
    from workflow.console import console
    from workflow.office import open_office
    from workflow.source_care import find_source
    from workflow.source_rhythm import source_gaps
    from workflow.sources_view import show_gaps

    office = open_office(config, as_of)
    sources = office.settings.sources
    asked = (find_source(sources, name),) if name else readable_sources(office)
    if not asked:
        console().print("没有启用的来源；看一个停用的：gonghui sources gaps 来源")
        return
    today = office.now.date()
    with office.store() as store:
        for source in asked:
            rhythm, found = source_gaps(
                store,
                source.id,
                since=today - timedelta(days=days),
                today=today,
                calendar=office.settings.rules.calendar,
            )
            show_gaps(source, rhythm, found, unfinished(office, source.id), console())


def repair(
    name: Name,
    apply: Annotated[
        bool, typer.Option("--apply", help="写进 config.toml；不加就只给出建议")
    ] = False,
    config: Config = None,
    as_of: AsOf = None,
) -> None:
    """网站改版以后修读法：用旧稿的标题和正文在新网页里找位置，推出新的版式规则。

    找到的规则先用最近 30 天存下的原始网页重读一遍，没有一篇变差才给出。

    例：[bold]gonghui sources repair hbghw --apply[/]
    """
    from workflow.console import console, error_console
    from workflow.office import open_office
    from workflow.source_care import find_source
    from workflow.source_repair import apply_repair, propose_repair
    from workflow.sources_view import show_proposal

    office = open_office(config, as_of)
    source = find_source(office.settings.sources, name)
    with error_console().status(f"正在看 {source.name} 的新网页……"):
        proposal = propose_repair(office, source)
    show_proposal(source, proposal, console())
    if not proposal.is_offered or proposal.layout is None:
        raise typer.Exit(LOSSES if proposal.layout else 0)
    if not apply:
        console().print(f"要写进设置：gonghui sources repair {source.id} --apply")
        return
    apply_repair(office, source, proposal.layout)
    console().print("已写进 config.toml，旧的设置留了底；下次采集就按它读。")
