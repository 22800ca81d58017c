"""Submissions on the terminal: the table, and the places that must be mended."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from newsroom.article import CHINA
from newsroom.submission import STATE_WORDS, Submission
from newsroom.taxonomy import UnitRules
from workflow.accepting import HeldBack, Place, stopping

_STATE_STYLES = {"退回补充": "yellow", "终审签发": "green", "已发布": "green"}


def show_submissions(
    submissions: Sequence[Submission], units: UnitRules, out: Console
) -> None:
    """Print a table of submissions, newest first as given."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("编号", no_wrap=True)
    table.add_column("单位", no_wrap=True)
    table.add_column("标题", overflow="fold", ratio=2)
    table.add_column("收到", no_wrap=True)
    table.add_column("状态", no_wrap=True)
    table.add_column("问题", overflow="fold", ratio=1)
    for submission in submissions:
        unit = units.unit(submission.unit_id)
        state = STATE_WORDS[submission.state]
        table.add_row(
            submission.number,
            Text(unit.name if unit else submission.unit_id),
            Text(submission.title),
            f"{submission.received_at.astimezone(CHINA):%m-%d %H:%M}",
            Text(state, style=_STATE_STYLES.get(state, "")),
            Text(problems_of(submission), style="yellow"),
        )
    out.print(table)


def problems_of(submission: Submission) -> str:
    """What stands in the way of a submission, in words; empty when nothing does."""
    grave = stopping(submission.findings)
    whys = list(dict.fromkeys(finding.why for finding in grave))
    unread = [f"请留意：{name}" for name in submission.could_not_read]
    return "；".join([*whys, *unread])


def show_places(held: HeldBack, out: Console) -> None:
    """Print where the grave findings stand, why, and how to mend each."""
    out.print(f"[red]不能采用[/] {held.submission.number}：", end="")
    out.print(Text(f"《{held.submission.title}》"))
    for number, place in enumerate(held.places, start=1):
        out.print(_place(number, place), soft_wrap=True)
    out.print("请让报送单位改好后重新报送；要退回：加 --return 理由")


def _place(number: int, place: Place) -> Text:
    indent = "   "
    words = Text(f"{number}. {place.why}\n", style="bold")
    words.append(f"{indent}{place.line}\n", style="not bold")
    mark = " " * cell_len(indent + place.before)
    words.append(f"{mark}▲\n", style="not bold red")
    words.append(f"{indent}改法：{place.mend}", style="not bold cyan")
    return words
