"""The check-up on the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from workflow.verdict import Line, Verdict

_STYLES = {Verdict.GOOD: "green", Verdict.MIND: "yellow", Verdict.MEND: "bold red"}


def show_lines(lines: Sequence[Line], out: Console) -> None:
    """Print the lines as a table, and the count of each verdict."""
    table = Table(show_lines=False, box=None, padding=(0, 2, 0, 0))
    table.add_column("项目", style="dim", no_wrap=True)
    table.add_column("结果", no_wrap=True)
    table.add_column("情况和改法", overflow="fold")
    before = ""
    for line in lines:
        words = Text(line.seen)
        if line.mend:
            words.append(f"\n→ {line.mend}", style="cyan")
        subject = "" if line.subject == before else line.subject
        verdict = Text(line.verdict.value, style=_STYLES[line.verdict])
        table.add_row(subject, verdict, words)
        before = line.subject
    out.print(table)
    out.print(_summary(lines))


def _summary(lines: Sequence[Line]) -> Text:
    counts = Counter(line.verdict for line in lines)
    if counts[Verdict.MEND]:
        words = f"有 {counts[Verdict.MEND]} 项要修，修好后再运行一次 gonghui doctor。"
        return Text(words, style="bold red")
    if counts[Verdict.MIND]:
        return Text(f"可以出简报；有 {counts[Verdict.MIND]} 项请留意。", style="yellow")
    return Text("一切正常。", style="green")
