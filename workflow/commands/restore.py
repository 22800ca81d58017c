"""``gonghui restore``: a backup back into an empty folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def restore(
    file: Annotated[Path, typer.Argument(metavar="文件", help="备份文件")],
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            metavar="文件夹",
            help="恢复到这个空文件夹；不写就是当前文件夹",
            show_default=False,
        ),
    ] = None,
) -> None:
    """恢复：把备份展开到一个空文件夹，先核对每个文件再动手。

    文件夹不是空的就不做，不会覆盖任何东西。恢复后网页用 gonghui build 重新生成。

    例：gonghui restore gonghui-20261122-220000.zip --to D:/gonghui
    """
    from rich.markup import escape

    from workflow.console import console
    from workflow.office import open_office
    from workflow.restoring import restore_backup

    done = restore_backup(file.absolute(), (to or Path.cwd()).absolute())
    office = open_office(done.settings)
    with office.store() as store:
        stories, submissions = len(store.stories()), len(store.known_submissions())
    out = console()
    out.print(
        f"[green]已恢复[/] {done.taken_at:%Y-%m-%d %H:%M} 的备份："
        f"{done.files} 个文件，{stories} 篇稿件，{submissions} 件投稿，"
        f"在 {escape(str(done.settings.parent))}",
        soft_wrap=True,
    )
    for key, path in done.moved.items():
        section, name = key.split(".")
        out.print(
            f'请核对：[{section}] {name} 原来指向别处，已改成 "{path}"',
            soft_wrap=True,
            markup=False,
        )
    out.print("密码、机器人网址不在备份里，要重新放好；定时任务要重新装。")
    named = f'--config "{done.settings}"'
    out.print(
        f"下一步：gonghui build {named}，再 gonghui doctor {named}",
        soft_wrap=True,
        markup=False,
    )
