"""Let an edition into the public tree: two names, no placeholders, then build."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from config import placeholders_left
from newsroom.edition import Edition, Release
from newsroom.errors import NewsroomError, NotAllowed, NotFound
from site_builder.build import BuildReport
from site_builder.given import Audience
from workflow.building import build_tree
from workflow.forming import make_day_forms, tree_audiences

if TYPE_CHECKING:
    from story_store.store import Store
    from workflow.office import Office


def release_edition(
    office: Office, store: Store, day: date, *, edited_by: str, signed_by: str
) -> tuple[Edition, dict[Audience, BuildReport]]:
    """Release the day's edition and build both trees.

    A public tree that fails its check leaves the old one standing.

    Raises:
        NotFound: the day has no edition.
        NotAllowed: the names are missing or the same, or placeholders are left.
        NewsroomError: the new public tree failed its check.
    """
    _check_names(edited_by, signed_by)
    _check_placeholders(office)
    edition = store.edition(day)
    if edition is None:
        raise NotFound(f"{day:%Y-%m-%d} 没有编过简报；先运行 gonghui morning")
    signed = Release(edited_by.strip(), signed_by.strip(), office.now, "")
    released = store.release(day, signed)
    _make_forms(office, store, released)
    public = build_tree(office, store, Audience.PUBLIC)
    internal = build_tree(office, store, Audience.INTERNAL)
    if public.faults:
        first = "；".join(fault.sentence for fault in public.faults[:5])
        raise NewsroomError(
            f"第{released.number}期已登记签发，但公开网页没有通过检查，原来的网页保持不变："
            f"{first}。改好后运行 gonghui build"
        )
    return released, {Audience.PUBLIC: public, Audience.INTERNAL: internal}


def _make_forms(office: Office, store: Store, released: Edition) -> None:
    """The forms with both names on them; one that fails can be made again later.

    Nothing of a form keeps a signed edition from the public tree: what fails is left
    to ``gonghui forms``, which says why.
    """
    if not office.settings.forms.morning:
        return
    with suppress(NewsroomError, OSError):
        for audience in tree_audiences(released):
            make_day_forms(office, store, released.day, audience=audience)


def _check_names(edited_by: str, signed_by: str) -> None:
    names = [name.replace(" ", "").strip() for name in (edited_by, signed_by)]
    if not all(names):
        raise NotAllowed("签发要有两个人：--edited-by 编辑姓名 --signed-by 签发人姓名")
    if names[0] == names[1]:
        raise NotAllowed(
            f"编辑和签发人不能是同一个人（{names[0]}）：三审三校至少要两个人"
        )


def _check_placeholders(office: Office) -> None:
    faults = placeholders_left(office.settings)
    if faults:
        lines = "\n".join(f"  · {fault}" for fault in faults)
        raise NotAllowed(f"还不能签发，设置里还有没填的内容：\n{lines}")
