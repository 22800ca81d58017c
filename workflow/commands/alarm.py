"""``gonghui alarm``: is everything well, and if not, who is told."""

from __future__ import annotations

from typing import Annotated

import typer

from workflow.commands.options import AsOf, Config

ALARM = 20


def alarm(
    test: Annotated[
        bool, typer.Option("--test", help="只发一条试验消息，看收不收得到")
    ] = False,
    config: Config = None,
    as_of: AsOf = None,
) -> None:
    """检查有没有要告警的：到点没有简报、来源沉默、备份停了、磁盘快满。

    有问题时退出码是 20，内部版的采编报告里出现红色一行，设置了告警对象的
    还会发一条邮件或群消息，同一件事一天只发一次。

    例：gonghui alarm；试发：gonghui alarm --test
    """
    from newsroom.errors import NewsroomError
    from workflow.console import console
    from workflow.logbook import Logbook
    from workflow.named_secrets import office_secrets
    from workflow.office import open_office
    from workflow.telling import can_tell, tell
    from workflow.watching import note_told, watch

    office = open_office(config, as_of)
    out = console()
    if test:
        if not can_tell(office):
            raise NewsroomError(
                "[alarm] 里没有写发给谁：写上 mail_to 或 robot 再试，见 docs/config.md"
            )
        words = "【工会之声】这是一条试验消息，收到就说明告警能用。"
        failures = tell(office, "【工会之声】告警试验", words)
        if failures:
            raise NewsroomError("；".join(failures))
        note_told(office)
        out.print("试验消息已发出，请看邮箱或群里有没有收到。")
        return
    with Logbook.open(
        office.data, "alarm", lambda: office.now, office_secrets(office)
    ) as log:
        seen = watch(office)
        log.note(
            "alarm",
            found=[one.sentence for one in seen.found],
            told=seen.told,
            failures=seen.failures,
        )
    for one in seen.found:
        out.print(f"🔴 {one.sentence}", soft_wrap=True, markup=False)
    for sentence in seen.failures:
        out.print(sentence, soft_wrap=True, markup=False)
    if seen.found or seen.failures:
        raise typer.Exit(ALARM)
    out.print("没有要告警的。")
