"""``gonghui desk``: the first administrator of the desk."""

from __future__ import annotations

import typer

from workflow.commands.options import Config
from workflow.speech import HELP_NAMES, Command, Group


def group() -> typer.Typer:
    """The commands on the desk itself."""
    app = typer.Typer(
        cls=Group,
        help="编辑台：第一次使用时建立管理员。",
        no_args_is_help=True,
        rich_markup_mode="rich",
        context_settings=HELP_NAMES,
    )
    app.command("setup", cls=Command, context_settings=HELP_NAMES)(setup)
    return app


def setup(config: Config = None) -> None:
    """显示一个一次性代码，用它在网页上建立第一个管理员。

    没有默认密码。代码 30 分钟内有效，用一次就作废；再运行一次会换新的。
    管理员登录后，在“人员和链接”里建其他人的账号。

    例：[bold]gonghui desk setup[/]
    """
    from datetime import timedelta

    from newsroom.errors import NotAllowed
    from newsroom.roles import Act
    from workflow.clock import now
    from workflow.console import console
    from workflow.office import open_office

    office = open_office(config)
    with office.store() as store:
        if any(person.may(Act.PEOPLE) for person in store.people()):
            raise NotAllowed(
                "已经有账号管理员了：请他登录后在“人员和链接”里办，这里不再发代码"
            )
        code = store.invite("setup", at=now(), lasts=timedelta(minutes=30))
    desk, out = office.settings.desk, console()
    address = desk.address or f"http://127.0.0.1:{desk.port}"
    out.print("1. 另开一个窗口运行 gonghui serve-desk（手机也要用的加 --lan）")
    out.print(f"2. 浏览器打开 [bold]{address}/desk/setup[/]", soft_wrap=True)
    if not desk.address:
        out.print("   （加了 --lan 的，前面换成 serve-desk 显示的地址）")
    out.print(f"3. 输入一次性代码：[bold]{code}[/]", soft_wrap=True)
    out.print("   30 分钟内有效，用一次就作废。")
