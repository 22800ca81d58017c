"""``gonghui forms``: the edition as PDF, Word, WeChat article, pictures, texts."""

from __future__ import annotations

from typing import Annotated

import typer

from workflow.commands.options import AsOf, Config


def forms(
    day: Annotated[
        str | None,
        typer.Argument(
            metavar="日期",
            help="哪一天的简报，如 2026-09-21；不写就是今天",
            show_default=False,
        ),
    ] = None,
    only: Annotated[
        str,
        typer.Option(
            "--only",
            metavar="形式",
            help="只做这几种，用逗号隔开；有 pdf docx wechat long text cards",
        ),
    ] = "",
    config: Config = None,
    as_of: AsOf = None,
) -> None:
    """把一天的简报做成 PDF、Word、公众号文章、长图和群发文字。

    放在 data/releases/日期/ 里：internal 是内部版，签发以后还有 public 公开版。
    哪一种做不成，只说那一种的原因，别的照做。

    例：gonghui forms　　gonghui forms 2026-09-21 --only pdf,docx
    """
    from rich.text import Text

    from workflow.clock import read_day
    from workflow.console import console
    from workflow.forming import edition_of, make_day_forms, tree_audiences
    from workflow.office import open_office
    from workflow.run_lock import run_lock

    office = open_office(config, as_of)
    wanted = read_day(day) if day else office.now.date()
    names = [name.strip() for name in only.split(",") if name.strip()]
    out = console()
    failed = False
    with run_lock(office.data, office.now), office.store() as store:
        for audience in tree_audiences(edition_of(store, wanted)):
            made = make_day_forms(office, store, wanted, audience=audience, only=names)
            out.print(Text(str(made.folder), style="bold"), soft_wrap=True)
            for files in made.files.values():
                for file in files:
                    out.print(f"  {file.name}（{file.stat().st_size:,} 字节）")
            for sentence in made.sentences:
                out.print(f"[red]没做成[/] {sentence}", soft_wrap=True)
            failed = failed or bool(made.faults)
    if failed:
        raise typer.Exit(1)
