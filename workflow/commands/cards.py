"""``gonghui cards``: new cards for a unit's correspondents."""

from __future__ import annotations

from typing import Annotated

import typer

from workflow.commands.options import Config


def cards(
    unit: Annotated[
        str | None,
        typer.Option("--unit", metavar="单位", help="单位名或编号；不写就是全部"),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(
            "--base",
            metavar="网址",
            help="卡片上写的网址，如 http://192.168.1.23:8352；不写就用设置里的",
            show_default=False,
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="不再问，直接换新")] = False,
    config: Config = None,
) -> None:
    """重新打印报送卡片：每人换一条新链接，原来的卡片随即作废。

    程序里只存链接的校验值，所以旧卡片印不出第二张，只能换新的。

    例：[bold]gonghui cards --unit 安福寺镇[/]
    """
    from workflow.asking import ask_whether
    from workflow.clock import now
    from workflow.console import console
    from workflow.correspondents import (
        cards_base,
        living_links,
        renew_cards,
        write_cards,
    )
    from workflow.office import open_office

    office = open_office(config)
    address = cards_base(office, base)
    with office.store() as store:
        count = len(living_links(office, store, unit))
        if count and not yes and not ask_whether(_question(count, unit), default=False):
            raise typer.Exit
        made = renew_cards(office, store, unit, address)
    if not made:
        console().print("没有可换的报送链接：先运行 gonghui people import")
        raise typer.Exit(1)
    page = write_cards(office, made, at=now())
    console().print(
        f"[green]换好 {len(made)} 张卡片[/]：{page}；打印后请删掉这个文件",
        soft_wrap=True,
    )


def _question(count: int, unit: str | None) -> str:
    whose = f"{unit}的" if unit else "全部单位的"
    return f"{whose} {count} 张卡片马上作废，要重新打印、重新发给本人。换新的吗？"
