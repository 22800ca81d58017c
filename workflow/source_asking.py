"""Asking what only the office can say of a new source; every answer has its guess."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

import typer

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
        answers["name"] = typer.prompt("名称", default=source.name)
    if "tier" not in given:
        answers["tier"] = _ask_tier(office, source.tier)
    if "union_filter" not in given:
        answers["union_filter"] = typer.confirm(
            "只留有工会主题的（综合新闻网站选是）", default=source.union_filter
        )
    return confirm(finding, **answers)


def _ask_tier(office: Office, guess: str) -> str:
    tiers = {id_: tier.name for id_, tier in office.settings.book.tiers.items()}
    shown = "、".join(f"{id_} {name}" for id_, name in tiers.items())
    while True:
        answer = str(typer.prompt(f"层级（{shown}）", default=guess)).strip()
        named = {name: id_ for id_, name in tiers.items()}
        if answer in tiers or answer in named:
            return named.get(answer, answer)
        typer.echo("没有这个层级，请写上面的编号或名称。")
