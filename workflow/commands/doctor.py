"""``gonghui doctor``: is everything in order on this machine?"""

from __future__ import annotations

import typer

from workflow.commands.options import AsOf, Config

NEEDS_MENDING = 10


def doctor(config: Config = None, as_of: AsOf = None) -> None:
    """体检：设置、文件夹、磁盘、时钟、字体、稿库、来源、投稿、节假日，逐项说明怎么修。

    装好以后、换了电脑、改了设置、早晨任务不对劲时先运行它。
    「注意」不影响出简报；有「要修」时退出码是 10。

    例：[bold]gonghui doctor[/]
    """
    import os
    from pathlib import Path

    from config import find_settings, load_settings
    from config_faults import SettingsFault
    from workflow.clock import now, read_as_of
    from workflow.console import console
    from workflow.doctor_view import show_lines
    from workflow.doctoring import examine, settings_lines
    from workflow.office import Office
    from workflow.verdict import Verdict

    moment = read_as_of(as_of)
    try:
        settings = load_settings(find_settings(config, os.environ, Path.cwd()))
    except SettingsFault as error:
        lines = list(settings_lines(error.faults))
    else:
        lines = list(examine(Office(settings, moment), None if as_of else now()))
    show_lines(lines, console())
    if any(line.verdict is Verdict.MEND for line in lines):
        raise typer.Exit(NEEDS_MENDING)
