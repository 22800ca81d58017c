"""The released edition's text into a group, by its robot, once a day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError, NotAllowed
from newsroom.group_text import group_text
from newsroom.wording import full_date
from site_builder.forms.content import content_of
from site_builder.forms.preview import public_preview
from workflow.forming import edition_of, form_given
from workflow.robots import robot_of, say, split_text

if TYPE_CHECKING:
    from pathlib import Path

    from story_store.store import Store
    from workflow.office import Office

FOLDER = "group"


@dataclass(frozen=True, slots=True)
class GroupPost:
    """A day's text for the group, in the parts that a robot takes."""

    day: date
    parts: tuple[str, ...]
    released: bool


def group_post(office: Office, store: Store, day: date) -> GroupPost:
    """The text of a day as the public may read it.

    Raises:
        NotFound: the day has no edition.
    """
    edition = edition_of(store, day)
    content = content_of(*public_preview(form_given(office, store, edition), edition))
    text = group_text(
        content.edition,
        office_short=office.settings.office.short_name,
        link=content.link,
    )
    return GroupPost(day, split_text(text), edition.release is not None)


def send_group(office: Office, post: GroupPost, *, again: bool = False) -> int:
    """Send the parts that the group has not had; how many went out.

    Each part is noted as soon as the robot took it, so that a run after a cut line
    doubles nothing.

    Raises:
        NotAllowed: the edition is not released.
        NewsroomError: [group] is not filled in, or the robot did not take a part.
    """
    if not post.released:
        raise NotAllowed(
            f"{full_date(post.day)}的简报还没有签发，不能发到群里；"
            "先 gonghui release，或用 --show 只看文字"
        )
    robot = robot_of(office, "group")
    log = office.data / FOLDER / f"{post.day}.json"
    sent = [] if again else _sent(log)
    left = [part for part in post.parts if part not in sent]
    for part in left:
        say(robot, part, office.now)
        sent = [*sent, part]
        _note(log, sent)
    return len(left)


def _sent(log: Path) -> list[str]:
    try:
        found: list[str] = json.loads(log.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise NewsroomError(
            f"{log} 读不了（{error}），不知道发过没有：到群里看一看，"
            "没发过就删掉这个文件再来"
        ) from error
    return found


def _note(log: Path, sent: list[str]) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    written = log.with_suffix(".new")
    written.write_text(json.dumps(sent, ensure_ascii=False), encoding="utf-8")
    written.replace(log)
