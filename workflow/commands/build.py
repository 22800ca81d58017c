"""``gonghui build``: build the two trees from what the store holds."""

from __future__ import annotations

import typer

from workflow.commands.options import AsOf, Config

BUILD_FAILED = 30


def build(config: Config = None, as_of: AsOf = None) -> None:
    """重新生成网页：内部版，以及已签发过的公开版。

    不采集、不重新选稿，只把库里已有的内容重新排成网页；改了模板、单位名称、
    页脚之后用它。没有变化的文件不会重写。

    例：[bold]gonghui build[/]
    """
    from workflow.building import TREES, build_trees, note_built, standing_of
    from workflow.console import console, error_console
    from workflow.office import open_office
    from workflow.run_lock import run_lock
    from workflow.unchanged import said_of

    standing = standing_of(config, as_of)  # before anything of it is read
    office = open_office(config, as_of)
    with run_lock(office.data, office.now), office.store() as store:
        reports = build_trees(office, store)
    failed = False
    for audience, report in reports.items():
        console().print(
            said_of(
                office.output / TREES[audience],
                report.written,
                report.unchanged,
                report.removed,
            ),
            soft_wrap=True,
        )
        for fault in report.faults:
            failed = True
            error_console().print(f"[red]检查未通过[/] {fault.sentence}")
    note_built(office, standing, reports)
    if failed:
        raise typer.Exit(BUILD_FAILED)
