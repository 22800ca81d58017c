"""``gonghui group``: the released edition's text into the group."""

from __future__ import annotations

from typing import Annotated

import typer

from workflow.commands.options import AsOf, Config

COMMAND = "send"


def send(
    day: Annotated[
        str | None,
        typer.Argument(
            metavar="日期",
            help="哪一天的简报，如 2026-09-21；不写就是今天",
            show_default=False,
        ),
    ] = None,
    show: Annotated[
        bool, typer.Option("--show", help="只看文字和字数，不发；可以复制到微信群")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="发过了也再发一遍")] = False,
    config: Config = None,
    as_of: AsOf = None,
) -> None:
    """把签发的简报文字发进工作群：企业微信、钉钉或飞书的群机器人。

    机器人写在 config.toml 的 group 一节，网址和密钥放在环境变量或单独的文件。
    太长会在整行处分成几条；发过的不会重发。微信群没有机器人，用 --show 复制粘贴。

    例：gonghui group --show　　gonghui group 2026-09-21
    """
    from workflow.clock import read_day
    from workflow.console import console
    from workflow.group_sending import group_post, send_group
    from workflow.office import open_office
    from workflow.run_lock import run_lock

    office = open_office(config, as_of)
    wanted = read_day(day) if day else office.now.date()
    out = console()
    with run_lock(office.data, office.now), office.store() as store:
        post = group_post(office, store, wanted)
        if show:
            for number, part in enumerate(post.parts, 1):
                size = f"{len(part)} 字，{len(part.encode())} 字节"
                out.print(f"[dim]── 第{number}条（{size}）──[/]")
                out.print(part, markup=False, soft_wrap=True)
            return
        count = send_group(office, post, again=again)
    if count:
        out.print(f"已发到群里，{count} 条。")
    else:
        out.print("这一天的已经发过了；要再发一遍请加 --again")
