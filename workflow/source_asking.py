"""Asking what only the office can say of a new source; every answer has its guess."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

import typer

from newsroom.errors import NewsroomError
from workflow.asking import ask_whether
from workflow.source_finding import confirm

if TYPE_CHECKING:
    from workflow.office import Office
    from workflow.source_finding import Finding


def ask_source(office: Office, finding: Finding, given: AbstractSet[str]) -> Finding:
    """Ask for name, tier and union filter, but for what was given already.

    Raises:
        NewsroomError: an answer is not one that the settings accept.
    """
    source = finding.source
    answers: dict[str, object] = {}
    if "name" not in given:
        answers["name"] = _ask_name(office, finding)
    if "tier" not in given:
        answers["tier"] = _ask_tier(office, source.tier)
    if "union_filter" not in given:
        answers["union_filter"] = ask_whether(
            "只留有工会主题的？综合新闻网站选是", default=source.union_filter
        )
    return confirm(finding, **answers)


def _ask_name(office: Office, finding: Finding) -> str:
    """Ask until the settings accept the name and no other source has it."""
    known = {source.name for source in office.settings.sources}
    while True:
        answer = str(typer.prompt("名称", default=finding.source.name)).strip()
        if answer in known:
            typer.echo(f"已经有来源叫「{answer}」了，请换一个名称。")
            continue
        try:
            confirm(finding, name=answer)
        except NewsroomError as error:
            typer.echo(f"{error}。")
            continue
        return answer


def _ask_tier(office: Office, guess: str) -> str:
    tiers = {id_: tier.name for id_, tier in office.settings.book.tiers.items()}
    shown = "、".join(f"{id_} {name}" for id_, name in tiers.items())
    while True:
        answer = str(typer.prompt(f"层级（{shown}）", default=guess)).strip()
        named = {name: id_ for id_, name in tiers.items()}
        if answer in tiers or answer in named:
            return named.get(answer, answer)
        typer.echo("没有这个层级，请写上面的编号或名称。")
