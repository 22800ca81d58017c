"""``gonghui privacy``: where a person is named, and taking the name out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from workflow.commands.options import Config
from workflow.speech import HELP_NAMES, Command, Group

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from workflow.privacy import FileMention, Found

Name = Annotated[str, typer.Argument(metavar="姓名", help="要查的人，写全名")]
MOST_SHOWN = 60
FILES_SHOWN = 5
_RECORD = re.compile(r'\w*"\s*:\s*"?|[{}\[\]"\\]')


def group() -> typer.Typer:
    """The commands on personal data."""
    app = typer.Typer(
        cls=Group,
        help="个人信息：查一个人出现在哪里，按本人要求盖住姓名、删除原件。",
        no_args_is_help=True,
        rich_markup_mode="rich",
        context_settings=HELP_NAMES,
    )
    for command in (find, erase):
        app.command(cls=Command, context_settings=HELP_NAMES)(command)
    return app


def find(name: Name, config: Config = None) -> None:
    """查一个人的姓名出现在哪里：投稿、原件、照片说明、草稿、日志、网页。

    最后写明查了哪些地方；照片里的人脸和字、PDF 里的字查不出来，要人工看。

    例：[bold]gonghui privacy find 李某香[/]
    """
    from workflow.console import console
    from workflow.office import open_office
    from workflow.privacy import SEARCHED, find_person, read_name

    office = open_office(config)
    with office.store() as store:
        found = find_person(office, store, read_name(name))
    show_found(found, console())
    console().print(SEARCHED)


def erase(
    name: Name,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="编号",
            help="只办这几件投稿（有人同名时用，可写几次）",
            show_default=False,
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="真的办；不加只列出会怎样")
    ] = False,
    config: Config = None,
) -> None:
    """按本人要求盖住姓名（姓＋某）、删除投稿原件、作废报送链接，并重做网页。

    不加 [bold]--yes[/] 只列出会怎样，什么都不改。
    签发记录、已出的期次和别的网站登的原文不改，会说明理由和办法。
    办过什么会记下来，不记姓名。

    例：[bold]gonghui privacy erase 李某香 --only 报0718-AFS-01 --yes[/]
    """
    from workflow.clock import now
    from workflow.console import console
    from workflow.office import open_office
    from workflow.privacy import erase_person, find_person, mask_of, read_name
    from workflow.run_lock import run_lock

    office, out = open_office(config), console()
    wanted = read_name(name)
    with office.store() as store:
        if not yes:
            found = find_person(office, store, wanted)
            show_found(found, out)
            if found.mentions or found.files:
                out.print(f"确认要办，加 [bold]--yes[/]：姓名改成“{mask_of(wanted)}”。")
            return
        with run_lock(office.data, office.now):
            done = erase_person(office, store, wanted, only=only or None, at=now())
    out.print(
        f"盖住 {done.columns} 处，删除原件 {done.originals} 件，日志 {done.logs} 个。"
    )
    if done.left.mentions or done.left.files:
        out.print("还留着的：")
        show_found(done.left, out)
    for story, headline in done.left.issued:
        told = f"已出的期次里还登着《{headline}》：要网页上也没有，运行"
        command = f"gonghui withdraw {story} --by 姓名 --reason 当事人要求"
        out.print(f"{told} {command}", soft_wrap=True, markup=False)
    out.print("主机上还是旧网页：请运行 [bold]gonghui publish[/]。")


def show_found(found: Found, out: Console) -> None:
    """Print the places, what is masked first, and what becomes of each."""
    from rich.text import Text

    from story_store.privacy import ERASED, KEPT_WORDS

    if not found.mentions and not found.files:
        out.print("没有找到。")
        return
    words = ERASED | KEPT_WORDS
    for one in found.mentions[:MOST_SHOWN]:
        where = f"{words[one.table]} {one.number}".strip()
        fate = one.kept or "会盖住"
        line = f"{where}：…{_readable(one.words)}…　{fate}"
        out.print(Text(line), soft_wrap=True)
    more = max(len(found.mentions) - MOST_SHOWN, 0)
    if more:
        out.print(f"另有 {more} 处。")
    for fate, paths in _by_fate(found.files).items():
        listed = "、".join(paths[:FILES_SHOWN])
        rest = f" 等 {len(paths)} 个" if len(paths) > FILES_SHOWN else ""
        out.print(Text(f"文件 {listed}{rest}　{fate}"), soft_wrap=True)


def _readable(words: str) -> str:
    """A little of a record as its words, without the marks of how it is kept."""
    bare = _RECORD.sub(" ", words.replace("\\n", " ").replace("\\r", " "))
    return " ".join(bare.split())


def _by_fate(files: Iterable[FileMention]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for file in files:
        grouped.setdefault(file.fate, []).append(file.path)
    return grouped
