"""People of the desk: accounts, sessions, one-use invitations, counted attempts.

Of every token only its SHA-256 is kept; passwords are argon2id.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError
from django.db.models import QuerySet

from newsroom.errors import NotAllowed, NotFound
from newsroom.roles import Person, Role
from newsroom.text import clean_text, join_name
from story_store.desk_models import (
    AccountRow,
    AttemptRow,
    DeskEventRow,
    InviteRow,
    SessionRow,
)
from story_store.record import in_china, in_utc
from story_store.shelf import Shelf

LONGEST_PASSWORD = 1024
# A GET moves the clock of a session at most this often.
SEEN_STEP = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class DeskEvent:
    """One line of the desk's log."""

    at: datetime
    by: str
    what: str


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """A token of 256 random bits, fit for an address."""
    return secrets.token_urlsafe(32)


class AccountShelf(Shelf):
    """Accounts and sessions."""

    def add_account(
        self, login: str, name: str, roles: Iterable[Role], *, at: datetime
    ) -> Person:
        """A new account without a password: nobody can sign in with it yet.

        Raises:
            NotAllowed: the login or the name is empty, or the login is taken.
        """
        login, name = clean_text(login).lower()[:40], join_name(name)[:40]
        if not login or not name:
            raise NotAllowed("登录名和姓名都要填")
        row = AccountRow(
            login=login,
            name=name,
            password=make_password(None),
            roles=_roles_text(roles),
            stamp=secrets.token_hex(16),
            created_at=in_utc(at),
        )
        try:
            with self.writing():
                row.save(using=self.alias, force_insert=True)
        except IntegrityError as error:
            raise NotAllowed(f"登录名「{login}」已经有人用了") from error
        return _person(row)

    def people(self) -> tuple[Person, ...]:
        """All accounts, the disabled ones too, by login."""
        return tuple(map(_person, list(self._accounts().order_by("login"))))

    def person(self, account_id: int) -> Person:
        """The account of this id.

        Raises:
            NotFound: there is none.
        """
        return _person(self._account(account_id))

    def set_password(self, account_id: int, password: str) -> None:
        """A new password; every session of the account ends."""
        with self.writing():
            row = self._account(account_id)
            row.password = make_password(password[:LONGEST_PASSWORD])
            row.stamp = secrets.token_hex(16)
            row.save(using=self.alias)

    def set_active(self, account_id: int, *, active: bool) -> Person:
        """Disable an account (its sessions end at once) or allow it again."""
        with self.writing():
            row = self._account(account_id)
            row.active = active
            row.stamp = secrets.token_hex(16)
            row.save(using=self.alias)
        return _person(row)

    def set_roles(self, account_id: int, roles: Iterable[Role]) -> Person:
        """What the account may do from now on."""
        with self.writing():
            row = self._account(account_id)
            row.roles = _roles_text(roles)
            row.save(using=self.alias)
        return _person(row)

    def find_login(self, login: str, password: str) -> Person | None:
        """The active account of this login and password, None when there is none.

        Costs one hash whether or not the login exists, so that time tells nothing.
        """
        row = self._accounts().filter(login=clean_text(login).lower()[:40]).first()
        kept = row.password if row else _NOBODY
        fits = check_password(password[:LONGEST_PASSWORD], kept)
        return _person(row) if row and fits and row.active else None

    def open_session(self, account_id: int, *, at: datetime) -> str:
        """A new session's token; only the browser has it."""
        token = new_token()
        with self.writing():
            row = self._account(account_id)
            SessionRow.objects.using(self.alias).create(
                token_hash=token_hash(token),
                account=row,
                stamp=row.stamp,
                created_at=in_utc(at),
                seen_at=in_utc(at),
            )
        return token

    def session_person(
        self, token: str, *, at: datetime, idle: timedelta, longest: timedelta
    ) -> Person | None:
        """Whose session this is, None when it is over; notes that it was seen."""
        row = self._session(token)
        if row is None or not _is_alive(row, in_utc(at), idle, longest):
            return None
        if in_utc(at) - row.seen_at >= SEEN_STEP:
            with self.writing():
                self._sessions(token).update(seen_at=in_utc(at))
        return _person(row.account)

    def close_session(self, token: str) -> None:
        """End a session; of no effect when it is over already."""
        with self.writing():
            self._sessions(token).delete()

    def leave_note(self, token: str, note: str) -> None:
        """Something to tell at the next page of this session."""
        with self.writing():
            self._sessions(token).update(note=note)

    def session_note(self, token: str) -> str:
        """What is to be told, empty when nothing is."""
        row = self._sessions(token).first()
        return row.note if row else ""

    def invite(
        self,
        purpose: str,
        *,
        at: datetime,
        lasts: timedelta,
        account_id: int | None = None,
    ) -> str:
        """A one-use token for a purpose; earlier ones of the same kind are void."""
        token = new_token()
        with self.writing():
            rows = InviteRow.objects.using(self.alias)
            rows.filter(purpose=purpose, account_id=account_id, used_at=None).delete()
            rows.create(
                token_hash=token_hash(token),
                purpose=purpose,
                account_id=account_id,
                expires_at=in_utc(at + lasts),
            )
        return token

    def has_invite(self, purpose: str, *, at: datetime) -> bool:
        """Whether some token of this purpose could be used now."""
        return self._invites(purpose, at).exists()

    def invited(self, purpose: str, token: str, *, at: datetime) -> int | None:
        """The account of an unused token; 0 when it names none; None: not valid."""
        row = self._invites(purpose, at).filter(token_hash=token_hash(token)).first()
        return None if row is None else (row.account_id or 0)

    def use_invite(self, purpose: str, token: str, *, at: datetime) -> bool:
        """Use a token up; False when it was used, is too old or never was."""
        with self.writing():
            rows = self._invites(purpose, at).filter(token_hash=token_hash(token))
            return rows.update(used_at=in_utc(at)) == 1

    def note_attempt(self, key: str, *, at: datetime) -> None:
        """Count an attempt; those of more than two days ago are forgotten."""
        with self.writing():
            rows = AttemptRow.objects.using(self.alias)
            rows.filter(at__lt=in_utc(at - timedelta(days=2))).delete()
            rows.create(key=key[:80], at=in_utc(at))

    def begin_attempt(
        self, limits: Mapping[str, tuple[int, timedelta]], *, at: datetime
    ) -> timedelta | None:
        """Count an attempt under every key, None; or how long to wait, none counted.

        ``limits`` says of each key how many attempts a span of time allows. Of many
        who try in the same moment no more get through: counting comes first.
        """
        with self.writing():
            waits = [
                self._wait(key, most, span, at) for key, (most, span) in limits.items()
            ]
            longest = max(waits, default=timedelta(0))
            if longest > timedelta(0):
                return longest
            rows = AttemptRow.objects.using(self.alias)
            rows.filter(at__lt=in_utc(at - timedelta(days=2))).delete()
            for key in limits:
                rows.create(key=key[:80], at=in_utc(at))
        return None

    def forget_attempt(self, keys: Iterable[str], *, at: datetime) -> None:
        """Take back what ``begin_attempt`` counted, because it went well."""
        with self.writing():
            for key in keys:
                rows = AttemptRow.objects.using(self.alias)
                row = rows.filter(key=key[:80], at=in_utc(at)).first()
                if row is not None:
                    row.delete(using=self.alias)

    def _wait(self, key: str, most: int, span: timedelta, at: datetime) -> timedelta:
        """How long until the oldest of the last attempts no longer counts."""
        rows = AttemptRow.objects.using(self.alias).filter(key=key[:80])
        recent = rows.filter(at__gte=in_utc(at - span)).order_by("-at", "-id")
        times = list(recent.values_list("at", flat=True)[:most])
        if len(times) < most:
            return timedelta(0)
        return max(in_china(times[-1]) + span - at, timedelta(seconds=1))

    def attempts(self, key: str, *, since: datetime) -> int:
        """How many attempts were counted since."""
        rows = AttemptRow.objects.using(self.alias)
        return rows.filter(key=key[:80], at__gte=in_utc(since)).count()

    def note_event(self, by: str, what: str, *, at: datetime) -> None:
        """Write a line into the desk's log."""
        with self.writing():
            DeskEventRow.objects.using(self.alias).create(
                at=in_utc(at), by=by[:40], what=what[:500]
            )

    def events(self, *, limit: int = 200) -> tuple[DeskEvent, ...]:
        """The newest lines of the desk's log."""
        rows = DeskEventRow.objects.using(self.alias).order_by("-id")[:limit]
        return tuple(DeskEvent(in_china(r.at), r.by, r.what) for r in list(rows))

    def _accounts(self) -> QuerySet[AccountRow]:
        return AccountRow.objects.using(self.alias)

    def _account(self, account_id: int) -> AccountRow:
        row = self._accounts().filter(pk=account_id).first()
        if row is None:
            raise NotFound("没有这个账号")
        return row

    def _sessions(self, token: str) -> QuerySet[SessionRow]:
        rows = SessionRow.objects.using(self.alias)
        return rows.filter(token_hash=token_hash(token))

    def _session(self, token: str) -> SessionRow | None:
        return self._sessions(token).select_related("account").first()

    def _invites(self, purpose: str, at: datetime) -> QuerySet[InviteRow]:
        rows = InviteRow.objects.using(self.alias)
        return rows.filter(purpose=purpose, used_at=None, expires_at__gt=in_utc(at))


# The hash that an unknown login is compared with: argon2id as PASSWORD_HASHERS has it.
_NOBODY = (
    "argon2$argon2id$v=19$m=102400,t=2,p=8$c29tZXNhbHRzb21lc2FsdA"
    "$7VYCsvXSXLVOgwSkTWrBJ4ZZMNGAN4jg7PTAdlbUaCw"
)


def _is_alive(
    row: SessionRow, at: datetime, idle: timedelta, longest: timedelta
) -> bool:
    fresh = at - row.seen_at < idle and at - row.created_at < longest
    return fresh and row.account.active and row.stamp == row.account.stamp


def _person(row: AccountRow) -> Person:
    roles = frozenset(Role(one) for one in row.roles.split(",") if one)
    return Person(row.pk, row.login, row.name, roles, row.active)


def _roles_text(roles: Iterable[Role]) -> str:
    return ",".join(sorted(role.value for role in roles))
