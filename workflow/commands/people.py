"""``gonghui people``: correspondents from a table, each with a personal link."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workflow.commands.options import Config
from workflow.speech import HELP_NAMES, Command, Group


def group() -> typer.Typer:
    """The commands on correspondents."""
    app = typer.Typer(
        cls=Group,
        help="报送人：从表格导入，每人一条报送链接和一张二维码卡片。",
        no_args_is_help=True,
        rich_markup_mode="rich",
        context_settings=HELP_NAMES,
    )
    app.command("import", cls=Command, context_settings=HELP_NAMES)(import_)
    return app


def import_(
    file: Annotated[
        Path,
        typer.Argument(metavar="表格.xlsx", help="表头写着：单位、姓名、职务、电话"),
    ],
    base: Annotated[
        str | None,
        typer.Option(
            "--base",
            metavar="网址",
            help="卡片上写的网址，如 http://192.168.1.23:8352；不写就用设置里的",
            show_default=False,
        ),
    ] = None,
    config: Config = None,
) -> None:
    """把表格里的报送人都建好链接，并生成一页 A4 卡片供打印。

    已有链接的人（同单位同姓名）跳过，原来的链接照用。
    链接只在卡片上出现这一次，程序里只存校验值；卡片打印后请删掉那个文件。

    例：[bold]gonghui people import 报送人.xlsx --base http://192.168.1.23:8352[/]
    """
    from workflow.clock import now
    from workflow.console import console
    from workflow.correspondents import cards_base, import_people, write_cards
    from workflow.office import open_office

    office = open_office(config)
    address = cards_base(office, base)
    with office.store() as store:
        made = import_people(office, store, file, address, at=now())
    out = console()
    for line in made.skipped:
        out.print(f"跳过：{line}", soft_wrap=True, markup=False)
    for line in made.doubts:
        out.print(f"请核对：{line}（链接建好了）", soft_wrap=True, markup=False)
    if not made.cards:
        out.print("没有新的报送人。")
        return
    page = write_cards(office, made.cards, at=now())
    count = len(made.cards)
    out.print(f"[green]建好 {count} 条报送链接[/]，卡片：{page}", soft_wrap=True)
    out.print("用浏览器打开、打印、剪开发给本人；打印后请删掉这个文件。")
