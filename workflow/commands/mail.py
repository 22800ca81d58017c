"""``gonghui mail``: the released edition to the subscribers, or one trial letter."""

from __future__ import annotations

from typing import Annotated

import typer

from workflow.commands.options import AsOf, Config


def mail(
    day: Annotated[
        str | None,
        typer.Argument(
            metavar="日期",
            help="哪一天的简报，如 2026-09-21；不写就是今天",
            show_default=False,
        ),
    ] = None,
    test: Annotated[
        str,
        typer.Option(
            "--test", metavar="邮箱", help="只给这个邮箱试发一封，一步步说明卡在哪里"
        ),
    ] = "",
    again: Annotated[bool, typer.Option("--again", help="发过的人也再发一遍")] = False,
    config: Config = None,
    as_of: AsOf = None,
) -> None:
    """把签发的简报用邮件发给订阅名单，一人一封，互相看不到地址。

    每一封的结果记在 data/mail/日期.jsonl；再运行一次只补没发到的。
    名单和发信服务器写在 config.toml 的 mail 一节；密码放在环境变量或单独的文件。

    例：gonghui mail --test office@example.cn　　gonghui mail 2026-09-21
    """
    from collections import Counter

    from workflow.clock import read_day
    from workflow.console import console
    from workflow.mailing import RESTING, SENT, make_post, send_edition, try_send
    from workflow.office import open_office
    from workflow.run_lock import run_lock
    from workflow.subscriber_list import told_of_old_place

    office = open_office(config, as_of)
    wanted = read_day(day) if day else office.now.date()
    out = console()
    with run_lock(office.data, office.now), office.store() as store:
        post = make_post(office, store, wanted, released=not test)
        if test:
            try_send(post, test, lambda step: out.print(f"[green]✓[/] {step}"))
            return
        if told := told_of_old_place(office.settings):
            out.print(f"[yellow]提醒[/] {told}", soft_wrap=True)
        states: Counter[str] = Counter()
        for result in send_edition(post, again=again):
            states[result.state] += 1
            if result.state == RESTING:
                out.print(
                    f"[yellow]没有发[/] {result.address}：前两期都被退回或拒收"
                    f"（{result.why}）；核对邮箱、改好名单；邮箱没错就加 --again",
                    soft_wrap=True,
                )
            elif result.state != SENT:
                out.print(
                    f"[red]没有发到[/] {result.address}：{result.why}", soft_wrap=True
                )
    lost = sum(states.values()) - states[SENT]
    if not states:
        out.print("名单上的人都已经发过了；要再发一遍请加 --again")
        return
    out.print(f"发出 {states[SENT]} 封，没有发到 {lost} 封。")
    if lost:
        out.print("改好地址，或者过一会儿，再运行一次：只补没发到的人。")
        raise typer.Exit(1)
