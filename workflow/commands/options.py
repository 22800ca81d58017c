"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        "-c",
        help="设置文件；不写就用环境变量 GONGHUI_CONFIG 或当前文件夹的 config.toml",
        show_default=False,
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="日期",
        help="当作这一天或这一刻来运行，如 2026-09-21 或 2026-09-21T07:30",
        show_default=False,
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="日期",
        help="补采到这一天，如 2026-10-01；放开首次采集的数量，不加快速度",
        show_default=False,
    ),
]
