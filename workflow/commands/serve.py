"""``gonghui serve``: the digest in this machine's browser, or on the chair's phone."""

from __future__ import annotations

from typing import Annotated

import typer

from workflow.commands.options import Config

LARGEST_PORT = 65535


def serve(
    config: Config = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            "-p",
            min=1,
            max=LARGEST_PORT,
            metavar="端口",
            help="端口；不写就用设置里 site 段的 serve_port",
            show_default=False,
        ),
    ] = None,
    lan: Annotated[
        bool,
        typer.Option("--lan", help="让办公室网络里的手机也能看，带随机口令和二维码"),
    ] = False,
    public: Annotated[
        bool, typer.Option("--public", help="看公开版，不看内部版")
    ] = False,
) -> None:
    """在浏览器里看生成好的内部版（或公开版）。

    平时只有这台电脑打得开。加 [bold]--lan[/] 会显示一个带口令的地址和二维码，
    主席的手机连上办公室无线网，扫一扫就能看。
    每次启动换新口令，按 Ctrl-C 结束后地址即失效。

    例：[bold]gonghui serve[/]　　[bold]gonghui serve --lan[/]
    """
    import secrets

    from newsroom.errors import NewsroomError
    from workflow.console import console
    from workflow.office import open_office
    from workflow.office_network import office_address
    from workflow.serving import LOOPBACK, Served, open_server
    from workflow.serving_words import announce

    office = open_office(config)
    root = office.output / ("public" if public else "internal")
    if not (root / "index.html").is_file():
        first = "gonghui release 日期" if public else "gonghui morning"
        edition = "公开版" if public else "内部版"
        raise NewsroomError(f"还没有生成{edition}：请先运行 {first}")
    served = Served(
        root,
        office_address() if lan else LOOPBACK,
        port or office.settings.site.serve_port,
        secrets.token_urlsafe(16) if lan else None,
    )
    with open_server(served) as server:
        announce(server.served, console(), public=public)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            console().print("已停止。")
