"""``gonghui withdraw``: take a story back, everywhere, with proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from workflow.commands.options import Config

if TYPE_CHECKING:
    from rich.console import Console

    from workflow.office import Office
    from workflow.publishing import Outcome
    from workflow.withdrawing import Withdrawn

PUBLISH_FAILED = 40
_WAIT = 30  # seconds


def withdraw(
    story: Annotated[
        str,
        typer.Argument(
            metavar="稿件", help="稿件编号，或它的网页地址（stories/2026/128.html）"
        ),
    ],
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="经办人姓名")],
    reason: Annotated[
        str, typer.Option("--reason", metavar="理由", help="为什么撤下，记进稿件的历史")
    ],
    config: Config = None,
) -> None:
    """撤稿：从网站、订阅和检索里撤下一篇稿件，发布到全部主机，并读回来证明。

    稿件和它的历史仍留在稿库里。含有这篇稿件的旧版本不能再退回。
    有主机没撤成时退出码 40，修好后再运行一次。

    例：[bold]gonghui withdraw 128 --by 何某 --reason 当事人要求[/]
    """
    from workflow.commands.publish import _look
    from workflow.console import console, error_console, progress_bar
    from workflow.former_places import former_places
    from workflow.office import open_office
    from workflow.progress import Steps
    from workflow.publish_view import show_outcomes
    from workflow.publishing import Ask
    from workflow.withdrawing import publish_withdrawal, read_number

    office = open_office(config)
    number = read_number(story)
    taken = _take_back(office, number, by, reason)
    out, faults = console(), error_console()
    _show(taken, out)
    pages = sum(path.endswith(".html") for path in taken.gone)
    ask = Ask(by, confirmed=pages, gone=taken.gone)
    with progress_bar(out) as bar:
        steps = Steps(bar)
        outcomes = publish_withdrawal(office, ask, lambda h: _look(steps, h))
    whole = show_outcomes(outcomes, out, faults)
    _prove(taken, outcomes, out)
    for place in former_places(office):
        out.print(
            f"  [yellow]注意[/] 以前还发布到过 {escape(place)}，现在的设置里没有它，"
            "本程序不会去那里撤：那里的旧网页要是还在，请登录上去删掉",
            soft_wrap=True,
        )
    if not whole:
        raise typer.Exit(PUBLISH_FAILED)


def _take_back(office: Office, number: int, by: str, reason: str) -> Withdrawn:
    """Note it at once; the pages when no other run is at them any more.

    Raises:
        RunBusy: a run is at them for longer than one waits; it is noted all the same.
    """
    from workflow.run_lock import RunBusy, run_lock
    from workflow.withdrawing import note_withdrawn, take_out

    with office.store() as store:
        story = note_withdrawn(store, number, by=by, reason=reason, at=office.now)
        try:
            with run_lock(office.data, office.now, wait=_WAIT):
                return take_out(office, store, story)
        except RunBusy as error:
            raise RunBusy(
                "已登记撤下，但前面的任务（例如早晨任务）还没有跑完，网页还没有换："
                "等它跑完再运行一次 gonghui withdraw"
            ) from error


def _show(taken: Withdrawn, out: Console) -> None:
    out.print(
        f"[green]已撤下[/]《{escape(taken.story.headline)}》：两套网页都已重新生成",
        soft_wrap=True,
    )
    if taken.left:
        out.print(
            f"  [yellow]注意[/] 公开版里还有 {len(taken.left)} 个文件出现这个标题"
            f"（可能是另一篇同题稿件）：{'、'.join(taken.left[:5])}",
            soft_wrap=True,
        )
    if taken.cards:
        out.print(f"  本机保存的 {len(taken.cards)} 张分享卡片已删除")
    if taken.blocked:
        out.print(f"  {taken.blocked} 个旧版本里有它，不能再退回")


def _prove(taken: Withdrawn, outcomes: tuple[Outcome, ...], out: Console) -> None:
    for outcome in outcomes:
        if outcome.receipt is None:
            out.print(
                f"  [red]{outcome.host.name}：这台主机没有换成，上面可能还有它[/]，"
                "照上面说的修好后，再运行一次同样的命令",
                soft_wrap=True,
            )
            continue
        seen = [path for path in taken.gone if path in outcome.receipt.absent]
        seen.sort(key=lambda path: not path.startswith("stories/"))
        out.print(
            f"  {outcome.host.name}：读回核对，主机上已没有 {'、'.join(seen[:5])}"
            + (f" 等 {len(seen)} 个文件" if len(seen) > 5 else "")  # noqa: PLR2004 - as many as are named
            + (f"，其中分享卡片 {cards} 张" if (cards := _cards(seen)) else ""),
            soft_wrap=True,
        )


def _cards(paths: list[str]) -> int:
    return sum(path.startswith("cards/") for path in paths)
