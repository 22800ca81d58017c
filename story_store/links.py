"""Correspondents' personal links, and what they typed but have not sent."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import QuerySet

from newsroom.errors import NotFound
from newsroom.submission import Photo
from newsroom.text import clean_text, join_name
from story_store.accounts import new_token, token_hash
from story_store.desk_models import FormDraftRow, LinkRow
from story_store.models import SubmissionRow
from story_store.record import dump, in_china, in_utc, load
from story_store.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Link:
    """A correspondent as their link names them.

    ``pin_mark`` is a hash of the PIN's hash: it changes with every new PIN, and is
    empty where none is set.
    """

    id: int
    unit_id: str
    name: str
    duty: str
    phone: str
    created_at: datetime
    revoked: bool
    pin_mark: str = ""

    @property
    def has_pin(self) -> bool:
        """Whether a phone that is not known yet must give the PIN."""
        return bool(self.pin_mark)


@dataclass(frozen=True, slots=True)
class FormDraft:
    """What was typed so far; ``sent_as`` is the number once it was sent."""

    key: str
    link_id: int
    answers: dict[str, str]
    photos: tuple[Photo, ...]
    started_at: datetime
    changed_at: datetime
    sent_as: str = field(default="")


class LinkShelf(Shelf):
    """Links and drafts of the web form."""

    def add_link(
        self, unit_id: str, name: str, *, at: datetime, duty: str = "", phone: str = ""
    ) -> tuple[Link, str]:
        """A new link for a correspondent, and its token, which is told only now."""
        token = new_token()
        with self.writing():
            row = LinkRow.objects.using(self.alias).create(
                token_hash=token_hash(token),
                unit_id=unit_id,
                name=join_name(name)[:40],
                duty=clean_text(duty)[:40],
                phone=clean_text(phone)[:40],
                created_at=in_utc(at),
            )
        return _link(row), token

    def renew_link(self, link_id: int) -> tuple[Link, str]:
        """A new token for the same correspondent; the old address is dead at once."""
        token = new_token()
        with self.writing():
            row = self._link(link_id)
            row.token_hash = token_hash(token)
            row.revoked_at = None
            row.pin = ""
            row.save(using=self.alias)
        return _link(row), token

    def revoke_link(self, link_id: int, *, at: datetime) -> Link:
        """End a link and forget its phone number; what was sent by it stays."""
        with self.writing():
            row = self._link(link_id)
            row.revoked_at = in_utc(at)
            row.phone = ""
            row.save(using=self.alias)
        return _link(row)

    def links(self) -> tuple[Link, ...]:
        """All links, by unit and name."""
        rows = LinkRow.objects.using(self.alias).order_by("unit_id", "name", "id")
        return tuple(map(_link, list(rows)))

    def find_link(self, token: str) -> Link | None:
        """The living link of this token, None when there is none."""
        rows = LinkRow.objects.using(self.alias)
        row = rows.filter(token_hash=token_hash(token), revoked_at=None).first()
        return _link(row) if row else None

    def keep_phone(self, link_id: int, phone: str) -> None:
        """Note the correspondent's phone number, so that it is asked for once."""
        with self.writing():
            rows = LinkRow.objects.using(self.alias).filter(pk=link_id)
            rows.update(phone=clean_text(phone)[:40])

    def set_pin(self, link_id: int, pin: str) -> Link:
        """Set the PIN that an unknown phone must give; an empty one takes it away."""
        kept = make_password(pin) if pin else ""
        with self.writing():
            row = self._link(link_id)
            row.pin = kept
            row.save(using=self.alias)
        return _link(row)

    def is_pin(self, link_id: int, pin: str) -> bool:
        """Whether this is the link's PIN."""
        return check_password(pin, self._link(link_id).pin)

    def start_draft(
        self, link_id: int, *, at: datetime, key: str | None = None
    ) -> FormDraft:
        """An empty draft of this correspondent; one of that key if there is one.

        Raises:
            NotFound: the key is another correspondent's.
        """
        with self.writing():
            row, _ = FormDraftRow.objects.using(self.alias).get_or_create(
                key=key or new_token(),
                defaults={
                    "link_id": link_id,
                    "answers": "{}",
                    "photos": dump(()),
                    "started_at": in_utc(at),
                    "changed_at": in_utc(at),
                },
            )
        return self.draft(link_id, row.key)

    def has_draft(self, link_id: int, key: str) -> bool:
        """Whether this correspondent has a draft of this key, sent or not."""
        return self._drafts(link_id, key).exists()

    def count_open_drafts(self, link_id: int) -> int:
        """How many drafts with anything in them this correspondent has not sent."""
        rows = FormDraftRow.objects.using(self.alias).filter(link_id=link_id)
        return rows.filter(sent_as="").exclude(answers="{}", photos=dump(())).count()

    def draft(self, link_id: int, key: str) -> FormDraft:
        """The draft of this key, if it is this correspondent's.

        Raises:
            NotFound: there is none, or it is another's.
        """
        return _draft(self._draft_row(link_id, key))

    def open_drafts(self, link_id: int) -> tuple[FormDraft, ...]:
        """What this correspondent typed and has not sent, the newest first."""
        rows = FormDraftRow.objects.using(self.alias).filter(
            link_id=link_id, sent_as=""
        )
        drafts = map(_draft, list(rows.order_by("-changed_at")[:20]))
        return tuple(d for d in drafts if d.answers or d.photos)

    def keep_answers(
        self, link_id: int, key: str, answers: dict[str, str], *, at: datetime
    ) -> FormDraft:
        """The draft with these answers put over the earlier ones."""
        with self.writing():
            row = self._draft_row(link_id, key)
            kept = json.loads(row.answers) | answers
            row.answers = json.dumps(kept, ensure_ascii=False)
            row.changed_at = in_utc(at)
            row.save(using=self.alias)
        return _draft(row)

    def add_photo(
        self, link_id: int, key: str, photo: Photo, *, most: int, at: datetime
    ) -> FormDraft:
        """The draft with one more photo; the same one, or one too many, adds none."""
        with self.writing():
            row = self._draft_row(link_id, key)
            photos = load_photos(row.photos)
            known = any(p.file == photo.file for p in photos)
            if not known and len(photos) < most:
                row.photos = dump((*photos, photo))
                row.changed_at = in_utc(at)
                row.save(using=self.alias)
        return _draft(row)

    def keep_photos(
        self, link_id: int, key: str, photos: tuple[Photo, ...], *, at: datetime
    ) -> FormDraft:
        """The draft with these photos (captions changed, some taken out)."""
        with self.writing():
            row = self._draft_row(link_id, key)
            row.photos = dump(photos)
            row.changed_at = in_utc(at)
            row.save(using=self.alias)
        return _draft(row)

    def has_photo(self, unit_id: str, name: str) -> bool:
        """Whether a draft or submission of the unit has the photo of this name."""
        drafts = FormDraftRow.objects.using(self.alias).filter(link__unit_id=unit_id)
        kept = SubmissionRow.objects.using(self.alias).filter(unit_id=unit_id)
        return any(
            name in {photo.file for photo in load_photos(text)}
            for rows in (drafts, kept)
            for text in list(
                rows.filter(photos__contains=name).values_list("photos", flat=True)
            )
        )

    def mark_sent(self, link_id: int, key: str, number: str) -> None:
        """Note under which number a draft was sent."""
        with self.writing():
            row = self._draft_row(link_id, key)
            row.sent_as = number
            row.save(using=self.alias)

    def drop_draft(self, link_id: int, key: str) -> None:
        """Throw away what was not sent, at the correspondent's own wish."""
        with self.writing():
            self._drafts(link_id, key).filter(sent_as="").delete()

    def _link(self, link_id: int) -> LinkRow:
        row = LinkRow.objects.using(self.alias).filter(pk=link_id).first()
        if row is None:
            raise NotFound("没有这条报送链接")
        return row

    def _drafts(self, link_id: int, key: str) -> QuerySet[FormDraftRow]:
        rows = FormDraftRow.objects.using(self.alias)
        return rows.filter(link_id=link_id, key=key)

    def _draft_row(self, link_id: int, key: str) -> FormDraftRow:
        row = self._drafts(link_id, key).first()
        if row is None:
            raise NotFound("没有这份草稿")
        return row


def load_photos(text: str) -> tuple[Photo, ...]:
    """The photos of a record."""
    kind: type[tuple[Photo, ...]] = tuple[Photo, ...]
    return load(kind, text)


def _link(row: LinkRow) -> Link:
    return Link(
        row.pk,
        row.unit_id,
        row.name,
        row.duty,
        row.phone,
        in_china(row.created_at),
        row.revoked_at is not None,
        token_hash(row.pin)[:32] if row.pin else "",
    )


def _draft(row: FormDraftRow) -> FormDraft:
    return FormDraft(
        row.key,
        row.link_id,
        json.loads(row.answers),
        load_photos(row.photos),
        in_china(row.started_at),
        in_china(row.changed_at),
        row.sent_as,
    )
