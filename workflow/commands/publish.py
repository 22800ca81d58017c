"""``gonghui publish``: the public tree to the office's hosts, or back again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from workflow.commands.options import Config

if TYPE_CHECKING:
    from rich.console import Console

    from config import HostSettings
    from workflow.office import Office
    from workflow.progress import Steps
    from workflow.publishing import Ask

PUBLISH_FAILED = 40


def publish(
    hosts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="主机",
            help="发布到哪些主机（设置里的 name）；不写就是全部启用的",
            show_default=False,
        ),
    ] = None,
    rollback: Annotated[
        bool,
        typer.Option(
            "--rollback",
            help="退回前一版；后面可以写退几版，如 --rollback 2",
            show_default=False,
        ),
    ] = False,
    adopt: Annotated[
        list[str] | None,
        typer.Option(
            "--adopt",
            metavar="文件",
            help="主机上这个不是我们放的文件，同意替换；可以写几次",
            show_default=False,
        ),
    ] = None,
    confirm_fewer: Annotated[
        int | None,
        typer.Option(
            "--confirm-fewer",
            metavar="页数",
            help="确认撤下这么多页（一次少两成以上时要写）",
            show_default=False,
        ),
    ] = None,
    break_lock: Annotated[
        bool,
        typer.Option(
            "--break-lock",
            help="确认没有别人在发布，解开主机上的锁",
            show_default=False,
        ),
    ] = False,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="姓名", help="谁发布的，记进回执", show_default=False
        ),
    ] = None,
    config: Config = None,
) -> None:
    """把公开版发布到网站主机：只发有变化的文件，发完读回来核对。

    只发 output/public/；内部版从不发布。中途断了，再运行一次会接着做。
    更正、撤稿以后 PDF 等还在重做的，先发网页，等做好再补发，不用再运行一次。
    主机上不是我们放的文件从不删除。失败时原来的网页还在，退出码 40。

    例：[bold]gonghui publish[/]　　[bold]gonghui publish --rollback[/]
    """
    from getpass import getuser

    from rich.markup import escape

    from newsroom.errors import NewsroomError
    from workflow.console import console, error_console
    from workflow.office import open_office
    from workflow.publishing import Ask, choose_hosts
    from workflow.still_published import ground_of, note_published

    ground = ground_of(config)  # before anything of it is read
    names, steps = _names_and_steps(hosts or ()) if rollback else (hosts or [], 1)
    office = open_office(config)
    ask = Ask(
        by or getuser(), frozenset(adopt or ()), confirm_fewer, break_lock=break_lock
    )
    out, faults = console(), error_console()
    try:
        chosen = choose_hosts(office, names)
        if rollback:
            whole = _roll_back(office, chosen, steps, ask, out, faults)
        else:
            said = _publish(office, chosen, ask, out, faults)
            whole = said is not None
            if said and ground and not names:
                note_published(office, ground, chosen, said)
    except NewsroomError as error:
        what = "没有退回" if rollback else "没有发布"
        faults.print(f"[red]{what}：[/]{escape(str(error))}", soft_wrap=True)
        whole = False
    if not whole:
        raise typer.Exit(PUBLISH_FAILED)


def _names_and_steps(words: Sequence[str]) -> tuple[list[str], int]:
    """The hosts, and how many releases to go back; names never begin with a digit.

    Raises:
        BadParameter: there are several numbers, or a zero.
    """
    numbers = [int(word) for word in words if word.isdecimal()]
    if len(numbers) > 1 or 0 in numbers:
        raise typer.BadParameter("退几版写一个数，至少是 1，如 --rollback 2")
    names = [word for word in words if not word.isdecimal()]
    return names, numbers[0] if numbers else 1


def _publish(
    office: Office,
    hosts: tuple[HostSettings, ...],
    ask: Ask,
    out: Console,
    faults: Console,
) -> list[str] | None:
    """Publish; what a next time would say if nothing changed, None for a fault."""
    from rich.markup import escape

    from workflow.console import progress_bar
    from workflow.progress import Steps
    from workflow.publish_rounds import publish_rounds
    from workflow.publish_view import show_outcomes, words_unchanged

    is_whole, said = True, list[str]()
    with progress_bar(out) as bar:
        steps = Steps(bar)
        looks = partial(_look, steps)
        for sent in publish_rounds(office, hosts, ask, looks):
            is_whole &= show_outcomes(sent.outcomes, out, faults)
            said = [] if sent.note else words_unchanged(sent.outcomes)
            if sent.note:
                out.print(f"  [yellow]注意[/] {escape(sent.note)}", soft_wrap=True)
    return said if is_whole else None


def _roll_back(
    office: Office,
    hosts: tuple[HostSettings, ...],
    steps: int,
    ask: Ask,
    out: Console,
    faults: Console,
) -> bool:
    """Take each host back; one that cannot be does not stop the others."""
    from rich.markup import escape

    from newsroom.errors import NewsroomError
    from workflow.console import progress_bar
    from workflow.progress import Steps
    from workflow.publish_view import show_receipt
    from workflow.publishing import roll_back

    back = 0
    for host in hosts:
        try:
            with progress_bar(out) as bar:
                look = _look(Steps(bar), host)
                kept, receipt = roll_back(office, host, steps, ask, look)
        except NewsroomError as error:
            told = f"[red]没有退回 {host.name}：[/]{escape(str(error))}"
            faults.print(told, soft_wrap=True)
            continue
        back += 1
        show_receipt(receipt, out)
        out.print(f"  主机上现在是 {kept.at:%Y-%m-%d %H:%M} 发布的那一版")
    if back:
        out.print("下次 gonghui publish 会重新发布最新的一版；要改稿请先改好再发布。")
    return back == len(hosts)


def _look(steps: Steps, host: HostSettings) -> Callable[[str, int, int], None]:
    def look(step: str, done: int, total: int) -> None:
        steps(f"{host.name} {step}", done, total, "")

    return look
