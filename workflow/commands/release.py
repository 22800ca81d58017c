"""``gonghui release``: let a day's edition into the public tree."""

from __future__ import annotations

from typing import Annotated

import typer

from workflow.commands.options import AsOf, Config


def release(
    day: Annotated[
        str,
        typer.Argument(metavar="日期", help="哪一天的简报，如 2026-09-21"),
    ],
    edited_by: Annotated[
        str, typer.Option("--edited-by", metavar="姓名", help="编辑（初审）姓名")
    ],
    signed_by: Annotated[
        str, typer.Option("--signed-by", metavar="姓名", help="签发（终审）姓名")
    ],
    config: Config = None,
    as_of: AsOf = None,
) -> None:
    """签发：把一天的简报放进公开版 output/public/。

    要两个不同的人：编辑和签发人。备案号等还没填的内容会拦下签发，不影响内部版。
    签发以后这一期就定住了，不能再重编。

    例：gonghui release 2026-09-21 --edited-by 何某 --signed-by 江某
    """
    from site_builder.given import Audience
    from workflow.clock import read_day
    from workflow.console import console
    from workflow.office import open_office
    from workflow.releasing import release_edition
    from workflow.run_lock import run_lock

    office = open_office(config, as_of)
    with run_lock(office.data, office.now), office.store() as store:
        edition, built = release_edition(
            office,
            store,
            read_day(day),
            edited_by=edited_by,
            signed_by=signed_by,
        )
    public = built[Audience.PUBLIC]
    out = console()
    out.print(
        f"[green]已签发[/] {edition.day:%Y-%m-%d} 第{edition.number}期："
        f"编辑 {edited_by}，签发 {signed_by}"
    )
    out.print(
        f"公开版：{office.output / 'public' / 'index.html'}"
        f"（更新 {public.written} 个文件，{public.unchanged} 个没有变化）",
        soft_wrap=True,
    )
    out.print("下一步：gonghui publish 发布到主机，或 gonghui pack 打包上传")
