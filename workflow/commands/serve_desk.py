"""``gonghui serve-desk``: the web form and the editors' desk."""

from __future__ import annotations

from typing import Annotated

import typer

from workflow.commands.options import Config

LARGEST_PORT = 65535


def serve_desk(
    config: Config = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            "-p",
            min=1,
            max=LARGEST_PORT,
            metavar="端口",
            help="端口；不写就用设置里 desk 段的 port",
            show_default=False,
        ),
    ] = None,
    lan: Annotated[
        bool, typer.Option("--lan", help="让办公室网络里的手机和电脑也能用")
    ] = False,
) -> None:
    """打开网上报送和编辑台。

    平时只有这台电脑打得开。
    加 [bold]--lan[/] 后，办公室网络里的手机扫报送卡片就能报，编辑也能登录。
    第一次用先运行 [bold]gonghui desk setup[/] 建立管理员。按 Ctrl-C 结束。

    例：[bold]gonghui serve-desk --lan[/]
    """
    from workflow.desk_office import use_django_settings

    use_django_settings()
    from workflow.clock import now
    from workflow.console import console
    from workflow.desk_office import make_application, make_desk
    from workflow.desk_serving import announce_desk, open_desk_server
    from workflow.desk_worker import DeskWorker
    from workflow.office import open_office
    from workflow.office_network import office_address

    office = open_office(config)
    host = office_address() if lan else "127.0.0.1"
    chosen = port or office.settings.desk.port
    worker = DeskWorker(office.settings.file)
    with office.store() as store:
        hosts = [host, "127.0.0.1", "localhost"]
        make_desk(office, store, now=now, hosts=hosts, wake=worker.wake)
        server = open_desk_server(
            make_application(), host, chosen, proxied=bool(office.settings.desk.address)
        )
        announce_desk(office, host, chosen, console(), has_people=bool(store.people()))
        worker.start()
        try:
            server.run()
        except KeyboardInterrupt:
            console().print("已停止。")
        finally:
            server.close()
            worker.stop()
