"""Correspondents' links from a table, and the A4 page of their cards."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desk.cards import LinkCard, make_card
from newsroom.article import CHINA
from newsroom.errors import NewsroomError
from site_builder.assets import TEMPLATES
from site_builder.render import make_environment
from story_store.disk import write_whole
from workflow.people_table import find_unit, read_table

if TYPE_CHECKING:
    from story_store.store import Store
    from workflow.office import Office


def cards_base(office: Office, base: str | None) -> str:
    """Where the cards point to.

    Raises:
        NewsroomError: neither the command nor the settings say it.
    """
    address = base or office.settings.desk.address
    if not address.startswith(("http://", "https://")):
        raise NewsroomError(
            "卡片上要写网址：加 --base 和 serve-desk 显示的地址"
            "（如 --base http://192.168.1.23:8352），或在设置的 [desk] 里写 address"
        )
    return address


def import_people(
    office: Office, store: Store, file: Path, base: str, *, at: datetime
) -> tuple[tuple[LinkCard, ...], tuple[str, ...]]:
    """Make the links of a table: the cards, and sentences on lines left out.

    Raises:
        NewsroomError: the file is no such table.
    """
    units = office.settings.rules.units
    known = {(link.unit_id, link.name) for link in store.links() if not link.revoked}
    cards: list[LinkCard] = []
    skipped: list[str] = []
    for row in read_table(file):
        unit = find_unit(units, row.unit)
        if unit is None or not row.name:
            why = f"没有叫“{row.unit}”的单位" if row.name else "没有写姓名"
            skipped.append(f"第 {row.number} 行：{why}")
            continue
        if (unit.id, row.name) in known:
            skipped.append(f"第 {row.number} 行：{unit.name} {row.name} 已有链接")
            continue
        known.add((unit.id, row.name))
        link, token = store.add_link(
            unit.id, row.name, at=at, duty=row.duty, phone=row.phone
        )
        cards.append(make_card(link, unit.name, base, token))
    return tuple(cards), tuple(skipped)


def renew_cards(
    office: Office, store: Store, unit: str | None, base: str
) -> tuple[LinkCard, ...]:
    """New links for the living ones (of a unit); the old cards are dead.

    Raises:
        NewsroomError: there is no such unit.
    """
    units = office.settings.rules.units
    wanted = find_unit(units, unit) if unit else None
    if unit and wanted is None:
        raise NewsroomError(f"没有叫“{unit}”的单位：名称见 config/units.toml")
    cards = []
    for link in store.links():
        if link.revoked or (wanted and link.unit_id != wanted.id):
            continue
        known = units.unit(link.unit_id)
        renewed, token = store.renew_link(link.id)
        name = known.name if known else link.unit_id
        cards.append(make_card(renewed, name, base, token))
    return tuple(cards)


def write_cards(office: Office, cards: Sequence[LinkCard], *, at: datetime) -> Path:
    """The page of cards in the data folder, with its style beside it."""
    folder = office.data / "cards"
    template = make_environment().get_template("desk/cards.html")
    text = template.render(cards_shown=cards, office=office.settings.office)
    page = folder / f"cards-{at.astimezone(CHINA):%Y%m%d-%H%M%S}.html"
    write_whole(page, text.encode())
    page.chmod(0o600)
    shutil.copyfile(TEMPLATES / "desk" / "cards.css", folder / "cards.css")
    return page
