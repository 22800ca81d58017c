"""``gonghui mail-in``: stories out of the mailbox into the inbox."""

from __future__ import annotations

from workflow.commands.options import AsOf, Config

COMMAND = "mail_in"


def mail_in(as_of: AsOf = None, config: Config = None) -> None:
    r"""收邮件：把邮箱里新来的稿件收成投稿，并回信告诉编号。

    邮箱写在 [bold]\[mail_door][/]，谁的信算哪个单位写在发件人名单里。
    早晨任务会自动收，想马上收就用这条。

    例：[bold]gonghui mail-in[/]
    """
    from newsroom.errors import NewsroomError
    from workflow.console import console
    from workflow.inbox import known_of
    from workflow.mail_door import has_mail_door, take_mail
    from workflow.office import open_office
    from workflow.replying import open_replies
    from workflow.run_lock import run_lock

    office = open_office(config, as_of)
    if not has_mail_door(office):
        raise NewsroomError("没有设置收稿邮箱：请在 config.toml 写上 [mail_door] host")
    out = console()
    with (
        run_lock(office.data, office.now),
        office.store() as store,
        open_replies(office) as send,
    ):
        result = take_mail(office, store, send=send)
        known = known_of(store, result.received)
    out.print(f"收到新稿 {len(known)} 件。")
    for kept in known:
        out.print(f"{kept.number} {kept.title}", soft_wrap=True)
    for problem in result.problems:
        out.print(f"[yellow]注意：[/]{problem}", soft_wrap=True)
