"""``gonghui submissions``: what the towns handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workflow.commands.options import AsOf, Config

if TYPE_CHECKING:
    from datetime import datetime

    from rich.console import Console

    from newsroom.submission import Submission, SubmissionState
    from story_store.store import Store
    from workflow.inbox import InboxResult


def submissions(
    all_: Annotated[
        bool, typer.Option("--all", help="连已采用、已退回的也列出来")
    ] = False,
    scan: Annotated[
        bool, typer.Option("--scan", help="先把投稿文件夹里的新稿收进来")
    ] = False,
    chair: Annotated[
        str,
        typer.Option(
            "--chair",
            metavar="姓名",
            help="只列须主席定的和没检查完的；主席或分管领导本人在场时用，记进日志",
            show_default=False,
        ),
    ] = "",
    as_of: AsOf = None,
    config: Config = None,
) -> None:
    """看投稿：编号、单位、标题、收到的时间、状态和问题。

    平时只列待办的；须主席定的和还没检查完的不在里面。
    早晨会自动收稿，想马上收就加 [bold]--scan[/]。
    采用用 [bold]gonghui accept 编号 --by 姓名[/]。

    例：[bold]gonghui submissions --scan[/]
    """
    from workflow.console import console
    from workflow.doors import take_doors
    from workflow.inbox import OPEN_STATES
    from workflow.office import open_office
    from workflow.run_lock import run_lock
    from workflow.submissions_view import show_submissions

    office = open_office(config, as_of)
    out = console()
    with office.store() as store:
        if scan:
            with run_lock(office.data, office.now):
                _tell(take_doors(office, store), store, out)
        found = _found(store, None if all_ else OPEN_STATES, chair, office.now)
    if found:
        show_submissions(found, office.settings.rules.units, out)
    else:
        out.print("没有投稿。" if all_ else "没有待办的投稿。看全部：--all")
    out.print(f"[dim]投稿文件夹：{office.inbox}[/]", soft_wrap=True)


def _found(
    store: Store, states: frozenset[SubmissionState] | None, chair: str, at: datetime
) -> tuple[Submission, ...]:
    if not chair.strip():
        return store.known_submissions(states)
    store.note_event(chair.strip(), "命令行看了须主席定的投稿", at=at)
    return store.chairs_submissions()


def _tell(result: InboxResult, store: Store, out: Console) -> None:
    from workflow.inbox import known_of

    out.print(f"收到新稿 {len(known_of(store, result.received))} 件。")
    for problem in result.problems:
        out.print(f"[yellow]注意：[/]{problem}", soft_wrap=True)
