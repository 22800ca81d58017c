"""All doors that are fetched from: the folder of the towns, and the mailbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError
from workflow.desk_work import work_off
from workflow.inbox import InboxResult, take_inbox
from workflow.mail_door import has_mail_door, take_mail
from workflow.replying import open_replies

if TYPE_CHECKING:
    from story_store.store import Store
    from workflow.office import Office


def take_doors(office: Office, store: Store) -> InboxResult:
    """Take in what came since the last time, by folder and by mail.

    Photos and files that the desk's worker has left are worked off first. A mailbox
    that cannot be opened costs its mails of this time only, and is said.
    """
    work_off(office, store, now=lambda: office.now)
    by_folder = take_inbox(office, store)
    if not has_mail_door(office):
        return by_folder
    try:
        with open_replies(office) as send:
            by_mail = take_mail(office, store, send=send)
    except NewsroomError as error:
        return InboxResult(by_folder.received, (*by_folder.problems, str(error)))
    return InboxResult(
        (*by_folder.received, *by_mail.received),
        (*by_folder.problems, *by_mail.problems),
    )
