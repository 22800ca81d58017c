"""What the terminal says of a publishing: counts first, then what needs a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import StringIO

from rich.console import Console
from rich.filesize import decimal
from rich.markup import escape

from publisher.logbook import Receipt
from workflow.publishing import Outcome

_NAMED = 8


def show_outcomes(outcomes: Sequence[Outcome], out: Console, faults: Console) -> bool:
    """Say of each host what became of it; whether all went well."""
    for outcome in outcomes:
        if outcome.receipt is None:
            faults.print(
                f"[red]没有发布到 {outcome.host.name}：[/]{escape(outcome.fault)}",
                soft_wrap=True,
            )
            continue
        show_receipt(outcome.receipt, out)
        if outcome.host.url:
            out.print(f"  网址：{outcome.host.url}", soft_wrap=True)
    return all(outcome.receipt is not None for outcome in outcomes)


def words_unchanged(outcomes: Sequence[Outcome]) -> list[str]:
    """What would be said, line by line, if all were sent once more just now."""
    told = StringIO()
    paper = Console(file=told, width=10_000, highlight=False, emoji=False)
    show_outcomes([_once_more(outcome) for outcome in outcomes], paper, paper)
    return told.getvalue().splitlines()


def _once_more(outcome: Outcome) -> Outcome:
    receipt = outcome.receipt and replace(
        outcome.receipt, sent=(), deleted=(), restored=(), adopted=(), risks=()
    )
    return replace(outcome, receipt=receipt)


def show_receipt(receipt: Receipt, out: Console) -> None:
    """One host's receipt in a few lines."""
    if not receipt.changed:
        out.print(
            f"[green]{receipt.host}[/] 没有变化：{receipt.files} 个文件都已在主机上",
            soft_wrap=True,
        )
    else:
        done = "已把旧的一版送回" if receipt.undo else "已发布到"
        out.print(
            f"[green]{done} {receipt.host}[/]：发送 {len(receipt.sent)} 个文件"
            f"（{decimal(receipt.bytes_sent)}），撤下 {len(receipt.deleted)} 个；"
            f"核对了 {receipt.verified} 个文件的大小、{len(receipt.hashed)} 个的内容",
            soft_wrap=True,
        )
    for line in _notes(receipt):
        out.print(f"  [yellow]注意[/] {escape(line)}", soft_wrap=True)


def _notes(receipt: Receipt) -> Iterator[str]:
    if receipt.restored:
        yield f"有人在主机上改过或删过，已恢复：{_some(receipt.restored)}"
    if receipt.adopted:
        yield f"按写明的名称替换了不是我们放的文件：{_some(receipt.adopted)}"
    if receipt.unknown:
        yield f"主机上有不是我们放的文件，没有动：{_some(receipt.unknown)}"
    yield from receipt.risks


def _some(paths: Sequence[str]) -> str:
    more = f" 等 {len(paths)} 个" if len(paths) > _NAMED else ""
    return "、".join(paths[:_NAMED]) + more
