"""``gonghui accept``: take a submission, or return it."""

from __future__ import annotations

from typing import Annotated

import typer

from workflow.commands.options import AsOf, Config


def accept(
    number: Annotated[
        str, typer.Argument(metavar="编号", help="投稿编号，如 报0918-AFS-01")
    ],
    by: Annotated[
        str, typer.Option("--by", metavar="姓名", help="经办人姓名，记入每一步")
    ],
    return_: Annotated[
        str | None,
        typer.Option(
            "--return", metavar="理由", help="不采用，退回补充", show_default=False
        ),
    ] = None,
    chair: Annotated[
        str | None,
        typer.Option(
            "--chair",
            metavar="姓名",
            help="须由主席定的内容，主席同意公开后写上主席姓名",
            show_default=False,
        ),
    ] = None,
    as_of: AsOf = None,
    config: Config = None,
) -> None:
    """采用一件投稿（初审、复审、终审逐步记录），或退回它。

    有个人信息、没填完的地方等会被拦下，并指出在哪里、怎么改。
    采用后由下一次早晨任务参加选稿；进公开版还要另一个人 gonghui release 签发。

    例：[bold]gonghui accept 报0918-AFS-01 --by 何某[/]
    """
    from workflow.accepting import HeldBack, accept_submission, return_submission
    from workflow.console import console, error_console
    from workflow.office import open_office
    from workflow.submissions_view import show_places

    office = open_office(config, as_of)
    rules = office.settings.rules
    out = console()
    with office.store() as store:
        if return_ is not None:
            sent = return_submission(
                store, number, by=by, at=office.now, reason=return_
            )
            out.print(f"已退回 {sent.number}：{return_}", soft_wrap=True)
            return
        try:
            story = accept_submission(
                store, rules, number, by=by, at=office.now, chair=chair
            )
        except HeldBack as held:
            if held.is_chairs:  # neither its title nor a word of it
                raise
            show_places(held, error_console())
            raise typer.Exit(1) from held
    out.print(
        f"[green]已采用[/] {story.submission_number}：{story.headline}", soft_wrap=True
    )
    out.print("下一次 gonghui morning 选稿时会用到它。")
