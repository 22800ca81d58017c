"""``gonghui pack``: the public tree as one zip for the host's panel."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workflow.commands.options import Config


def pack(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="文件.zip",
            help="压缩包写到哪里；不写就叫 工会之声-日期.zip，放在生成目录旁边",
            show_default=False,
        ),
    ] = None,
    config: Config = None,
) -> None:
    """把公开版打成一个压缩包，交给网站主机的管理面板。

    在 [bold]gonghui release[/] 签发之后用。只打包公开版，内部版从不打包；
    内容没变，压缩包也一字节不变。

    例：[bold]gonghui pack[/]　　[bold]gonghui pack 今天.zip[/]
    """
    from rich.filesize import decimal
    from rich.text import Text

    from workflow.console import console
    from workflow.office import open_office
    from workflow.packing import pack_tree

    packed = pack_tree(open_office(config).output / "public", file)
    out = console()
    size = f"{decimal(packed.bytes_inside)}，压缩后 {decimal(packed.bytes_packed)}"
    out.print(f"[green]已打包[/] {packed.day} 的公开版：{packed.files} 个文件，{size}")
    out.print(Text(f"  {packed.file}", style="bold"), soft_wrap=True)
    out.print(
        "下一步：登录主机管理面板，把压缩包上传到网站根目录并解压（选择覆盖同名文件）。"
    )
