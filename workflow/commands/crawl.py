"""``gonghui crawl``: only the crawl, or a day's raw pages read again."""

from __future__ import annotations

from typing import Annotated

import typer

from workflow.commands.options import AsOf, Config, Since

MANY = 2  # all sources of the settings, which are not read yet


def crawl(
    config: Config = None,
    as_of: AsOf = None,
    since: Since = None,
    source: Annotated[
        list[str] | None,
        typer.Option(
            "--source", metavar="来源", help="只采这个来源（编号或名称），可写多次"
        ),
    ] = None,
    replay: Annotated[
        str | None,
        typer.Option(
            "--replay",
            metavar="日期",
            help="不上网，把这一天存下的原始网页按现在的规则重读一遍",
        ),
    ] = None,
) -> None:
    """只采集入库，不编简报。

    补采：gonghui crawl --since 2026-10-01 --source hbghw
    规则改进后重读某一天：gonghui crawl --replay 2026-09-21
    """
    from crawler.nursery import loading

    sources = 0 if replay else len(source) if source else MANY
    with loading(sources) as nursery:  # its children load while all else does
        from workflow.clock import now, read_day
        from workflow.console import console, progress_bar
        from workflow.morning import MorningPlan, run_morning
        from workflow.office import open_office
        from workflow.progress import Steps
        from workflow.replaying import replay_day
        from workflow.report_view import show_replay, show_sources
        from workflow.source_care import find_source

        office = open_office(config, as_of)
        out = console()
        if replay:
            show_replay(out, replay_day(office, read_day(replay)))
            return
        asked = [find_source(office.settings.sources, name) for name in source or ()]
        plan = MorningPlan(
            since=read_day(since) if since else None,
            only=tuple(one.id for one in asked),
            issue=False,
        )
        clock = now if as_of is None else lambda: office.now
        with progress_bar(out) as bar:
            steps = Steps(bar)
            result = run_morning(
                office, plan, clock=clock, progress=steps, nursery=nursery
            )
        show_sources(out, result.report)
        if result.report.exit_code:
            raise typer.Exit(result.report.exit_code)
