"""Correspondents' links from a table, and the A4 page of their cards."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desk.cards import LinkCard, make_card
from newsroom.article import CHINA
from newsroom.errors import NewsroomError
from site_builder.assets import TEMPLATES
from site_builder.render import make_environment
from story_store.disk import write_whole
from workflow.people_table import find_unit, is_phone, read_table

if TYPE_CHECKING:
    from newsroom.taxonomy import Unit
    from story_store.links import Link
    from story_store.store import Store
    from workflow.office import Office
    from workflow.people_table import Row

_THIS_MACHINE = re.compile(r"https?://(?:127\.|localhost\b|\[::1\])")


def cards_base(office: Office, base: str | None) -> str:
    """Where the cards point to.

    Raises:
        NewsroomError: neither the command nor the settings say it, or it leads to
            this very computer, where no phone gets to.
    """
    address = base or office.settings.desk.address
    if not address.startswith(("http://", "https://")):
        raise NewsroomError(
            "卡片上要写网址：加 --base 和 serve-desk 显示的地址"
            "（如 --base http://192.168.1.23:8352），或在设置的 [desk] 里写 address"
        )
    if _THIS_MACHINE.match(address):
        raise NewsroomError(
            f"{address} 是这台电脑自己的网址，手机打不开：用 gonghui serve-desk --lan"
            " 打开编辑台，把它显示的网址写在 --base 后面"
        )
    return address


@dataclass(frozen=True, slots=True)
class Imported:
    """The cards made of a table; sentences on lines left out, and on doubtful ones."""

    cards: tuple[LinkCard, ...]
    skipped: tuple[str, ...]
    doubts: tuple[str, ...] = ()


def import_people(
    office: Office, store: Store, file: Path, base: str, *, at: datetime
) -> Imported:
    """Make the links of a table.

    Raises:
        NewsroomError: the file is no such table.
    """
    units = office.settings.rules.units
    known = {(link.unit_id, link.name) for link in store.links() if not link.revoked}
    here: dict[tuple[str, str], int] = {}
    cards: list[LinkCard] = []
    skipped: list[str] = []
    doubts: list[str] = []
    for row in read_table(file):
        unit = find_unit(units, row.unit)
        why = _why_not(row, unit)
        if unit is None or why:
            skipped.append(f"第 {row.number} 行：{why}")
            continue
        who = (unit.id, row.name)
        if who in known:
            same = f"和第 {here[who]} 行是同一个人" if who in here else "已有链接"
            skipped.append(f"第 {row.number} 行：{unit.name} {row.name} {same}")
            continue
        known.add(who)
        here[who] = row.number
        if not is_phone(row.phone):
            told = f"{unit.name} {row.name}的电话“{row.phone}”不像电话"
            doubts.append(f"第 {row.number} 行：{told}")
        link, token = store.add_link(
            unit.id, row.name, at=at, duty=row.duty, phone=row.phone
        )
        cards.append(make_card(link, unit.name, base, token))
    return Imported(tuple(cards), tuple(skipped), tuple(doubts))


def _why_not(row: Row, unit: Unit | None) -> str:
    """Why no link can be made of a line, empty when one can."""
    if row.unlike:
        return f"姓名“{row.unlike}”看不明白，一行写一个人"
    if not row.name:
        return "没有写姓名"
    if not row.unit:
        return "没有写单位"
    return "" if unit else f"没有叫“{row.unit}”的单位（名称见 config/units.toml）"


def renew_cards(
    office: Office, store: Store, unit: str | None, base: str
) -> tuple[LinkCard, ...]:
    """New links for the living ones (of a unit); the old cards are dead.

    Raises:
        NewsroomError: there is no such unit.
    """
    units = office.settings.rules.units
    cards = []
    for link in living_links(office, store, unit):
        known = units.unit(link.unit_id)
        renewed, token = store.renew_link(link.id)
        name = known.name if known else link.unit_id
        cards.append(make_card(renewed, name, base, token))
    return tuple(cards)


def living_links(office: Office, store: Store, unit: str | None) -> tuple[Link, ...]:
    """The links that are not revoked (of a unit).

    Raises:
        NewsroomError: there is no such unit.
    """
    wanted = find_unit(office.settings.rules.units, unit) if unit else None
    if unit and wanted is None:
        raise NewsroomError(f"没有叫“{unit}”的单位：名称见 config/units.toml")
    return tuple(
        link
        for link in store.links()
        if not link.revoked and (wanted is None or link.unit_id == wanted.id)
    )


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
