"""``gonghui morning``: the whole job of a morning."""

from __future__ import annotations

from typing import Annotated

import typer

from workflow.commands.options import AsOf, Config, Since


def morning(
    config: Config = None,
    as_of: AsOf = None,
    since: Since = None,
    redo: Annotated[
        bool,
        typer.Option("--redo", help="当天已编好时重新采集、重新选稿（签发之前可用）"),
    ] = False,
    planned: Annotated[
        str | None,
        typer.Option("--planned", hidden=True, help="定时任务本来的钟点，如 06:00"),
    ] = None,
) -> None:
    """早晨任务：采集、收稿、编目、选稿、生成内部版网页和简报。

    一个来源打不开只少它自己的新闻，简报照出，并在页面和报告里写明。
    中途断电、被关掉都没关系，再运行一次接着做，不丢也不重。

    例：gonghui morning；重编当天：gonghui morning --redo
    """
    from crawler.nursery import loading

    with loading() as nursery:  # the crawl's children load while all else does
        from workflow.clock import now, read_as_of, read_day
        from workflow.console import console, progress_bar
        from workflow.morning import MorningPlan, run_morning
        from workflow.office import open_office
        from workflow.progress import Steps
        from workflow.report_view import show_morning
        from workflow.timeliness import collect_until

        office = open_office(config, as_of)
        may_be_late = as_of is None and since is None
        plan = MorningPlan(
            redo=redo,
            since=read_day(since) if since else None,
            planned=read_as_of(f"{office.now:%Y-%m-%d} {planned}") if planned else None,
            collect_until=collect_until(office.now, office.settings.edition.due)
            if may_be_late
            else None,
            by_the_clock=as_of is None,
        )
        out = console()
        clock = now if as_of is None else lambda: office.now
        with progress_bar(out) as bar:
            steps = Steps(bar)
            result = run_morning(
                office, plan, clock=clock, progress=steps, nursery=nursery
            )
        show_morning(out, office, result)
        if result.report.exit_code:
            raise typer.Exit(result.report.exit_code)
