"""What the terminal says of a served tree: the address, its code, who can see it."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from workflow.office_network import terminal_code
from workflow.serving import Served

ONLY_HERE = "只有这台电脑打得开。要给手机看：gonghui serve --lan"
WITH_KEY = (
    "办公室同一网络里、拿到这个完整地址（或扫过二维码）的人都能看。"
    "地址里的口令本次有效：请只发给该看的人，看完按 Ctrl-C。"
)
PLAIN_HTTP = "网络内传送不加密：公共场所的无线网上请不要用。"


def announce(served: Served, out: Console, *, public: bool) -> None:
    """Print where the tree can be seen, by whom, and how to end it."""
    edition = "公开版" if public else "内部版"
    out.print(f"[bold]{edition}[/]已打开：")
    out.print(Text(f"  {served.address}", style="bold cyan"), soft_wrap=True)
    if served.key is None:
        out.print(ONLY_HERE)
    else:
        out.print(
            Text(terminal_code(served.address), style="bright_white on black"),
            soft_wrap=True,
        )
        out.print(WITH_KEY)
        out.print(f"[yellow]{PLAIN_HTTP}[/]")
    out.print("[dim]按 Ctrl-C 结束。[/]")
