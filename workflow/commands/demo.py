"""``gonghui demo``: ten mornings on the sample sites."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def demo(
    serve: Annotated[
        bool, typer.Option("--serve", help="做完后在本机打开网页服务，浏览器里看")
    ] = False,
    port: Annotated[
        int,
        typer.Option(
            "--port", metavar="端口", help="网页服务的端口", min=1024, max=65535
        ),
    ] = 8351,
    folder: Annotated[
        Path, typer.Option("--folder", metavar="文件夹", help="演示自己的数据文件夹")
    ] = Path("data/demo"),
    output: Annotated[
        Path, typer.Option("--output", metavar="文件夹", help="演示网页的文件夹")
    ] = Path("output/demo"),
) -> None:
    """演示：在内置的样板网站上连跑十个早晨，不碰本单位的数据。

    样板网站开在本机，抓取、收稿、选稿、签发、生成网页都是真跑；
    人物、企业和事件均为虚构。第一次用先看它：gonghui demo --serve
    """
    from workflow.console import console, progress_bar
    from workflow.demo_run import run_demo
    from workflow.report_view import show_morning

    out = console()
    with progress_bar(out) as bar:
        task = bar.add_task("演示早晨", total=10, detail="")
        done = run_demo(
            folder.resolve(),
            output.resolve(),
            on_morning=lambda number, of, at: bar.update(
                task, completed=number, total=of, detail=f"{at:%Y-%m-%d}"
            ),
        )
    show_morning(out, done.office, done.mornings[-1], tells_next=False)
    out.print(
        f"\n[bold]演示完成[/]：{len(done.mornings)} 个早晨，收进 {done.stories} 篇，"
        f"采用投稿 {done.accepted} 件，退回 {done.refused} 件。",
        soft_wrap=True,
    )
    out.print(f"  内部版：{output / 'internal' / 'index.html'}", soft_wrap=True)
    out.print(f"  公开版：{output / 'public' / 'index.html'}", soft_wrap=True)
    if not serve:
        out.print("  在浏览器里看：make demo ARGS=--serve（或 gonghui demo --serve）")
        return
    from workflow.serving import LOOPBACK, Served, open_server
    from workflow.serving_words import announce

    served = Served(output.resolve() / "internal", LOOPBACK, port, None)
    with open_server(served) as server:
        announce(server.served, out, public=False)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            out.print("已停止。")
