"""``gonghui backup``: everything that must be kept, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workflow.commands.options import AsOf, Config


def backup(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="文件",
            help="备份成这个文件；不写就放进 \\[backup] 的备份文件夹",
            show_default=False,
        ),
    ] = None,
    rehearse: Annotated[
        bool,
        typer.Option("--rehearse", help="备份后演练：恢复到临时文件夹，重新生成并比对"),
    ] = False,
    nightly: Annotated[
        bool,
        typer.Option("--nightly", help="夜间：备份、删旧备份、到期清理、每周演练一次"),
    ] = False,
    config: Config = None,
    as_of: AsOf = None,
) -> None:
    """备份：稿库、图片、投稿原件、原始网页、投稿文件夹和全部设置，一个文件。

    运行早晨任务时也可以备份。文件写完整了才会出现。恢复用 gonghui restore。

    例：gonghui backup；放到优盘：gonghui backup E:/工会备份.zip
    """
    from rich.markup import escape

    from newsroom.errors import NewsroomError
    from workflow.console import console
    from workflow.keeping import MEGABYTE, do_night, keep_backup, keep_rehearsal
    from workflow.logbook import Logbook
    from workflow.named_secrets import office_secrets
    from workflow.office import open_office
    from workflow.retention import tidied_words

    office = open_office(config, as_of)
    out = console()
    if nightly and file:
        raise typer.BadParameter("--nightly 放进备份文件夹，不能另外写文件名")
    secrets = office_secrets(office)
    log = Logbook.open(office.data, "backup", lambda: office.now, secrets)
    with log:
        if nightly:
            night = do_night(office)
            made, rehearsal = night.backup, night.rehearsal
            log.note("night", pruned=night.pruned, tidied=night.tidied.model_dump())
            words = tidied_words(night.tidied) or "没有到期要清理的。"
            out.print(words, soft_wrap=True, markup=False)
        else:
            made = keep_backup(office, file)
            rehearsal = keep_rehearsal(office, made.file) if rehearse else None
        log.note("backup", file=made.file, size=made.size, skipped=made.skipped)
        if rehearsal:
            log.note("rehearsal", ok=rehearsal.ok, sentence=rehearsal.sentence)
    out.print(
        f"[green]已备份[/] {escape(str(made.file))}（{made.files} 个文件，"
        f"{made.size / MEGABYTE:.1f} MB）",
        soft_wrap=True,
    )
    for name in made.skipped:
        out.print(
            f"[yellow]没有备份[/] {escape(name)}：文件名不能用，或刚刚移走",
            soft_wrap=True,
        )
    if rehearsal and not rehearsal.ok:
        raise NewsroomError(rehearsal.sentence)
    if rehearsal:
        out.print(rehearsal.sentence, soft_wrap=True)
