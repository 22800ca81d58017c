"""The released edition to every subscriber: one message each, and a log of delivery."""

from __future__ import annotations

import hmac
import json
import os
import re
import secrets
import smtplib
import ssl
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.headerregistry import Address
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsroom.errors import NewsroomError, NotAllowed
from newsroom.wording import full_date
from site_builder.forms.content import Content, content_of
from site_builder.forms.mail_letter import Letter, letter_of, message_of
from site_builder.forms.preview import public_preview
from story_store.disk import write_whole
from workflow.forming import edition_of, form_given
from workflow.line_trouble import plain
from workflow.mail_trouble import mail_words
from workflow.named_secrets import read_secret
from workflow.subscriber_list import Subscriber, is_address, read_subscribers

if TYPE_CHECKING:
    from story_store.store import Store
    from submissions.bounces import Bounce
    from workflow.office import Office

TIMEOUT = 30
SENT, REFUSED, FAILED = "sent", "refused", "failed"
BOUNCED, RESTING = "bounced", "resting"
MOST_BOUNCES = 2
MOST_IN_VAIN = 3
FOLDER = "mail"
_WHY = 200
# No such mailbox, or none any more (RFC 5321, 3463); not 5.7.1 (policy), 5.2.2 (full).
_NOBODY = re.compile(r"55[0136](?: 5\.(?:1\.\d|2\.1)\b|(?! *\d\.\d\.\d))")
_LATER = range(400, 500)  # what a server may take another time (RFC 5321)
_PORTS = '465 端口写 "tls"，587 和 25 端口写 "starttls"'
_LOGS = 30


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one message.

    ``sent``, ``refused`` by the server, ``failed`` on the way, ``bounced`` later, or
    ``resting``: not sent, since the last ones came back or were refused for good.
    ``is_lasting`` is a refusal of this very address that time does not mend.
    """

    address: str
    state: str
    why: str = ""
    is_lasting: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """An edition ready to go: the letter, and the way to the server."""

    office: Office
    content: Content
    letter: Letter
    tls: ssl.SSLContext

    def open(self, told: Callable[[str], None] = lambda _: None) -> smtplib.SMTP:
        """A server that takes messages; ``told`` hears each step that is done.

        Raises:
            NewsroomError: the step that failed, and the key to mend.
        """
        mail = self.office.settings.mail
        place = f"{mail.host}:{mail.port}"
        server: smtplib.SMTP = self._step(
            self._connect,
            f"连不上 {place}",
            f"请核对 [mail] host、port、security（{_PORTS}），和这台电脑的网络",
        )
        told(f"连上了 {place}")
        try:
            self._enter(server, told)
        except NewsroomError:
            server.close()
            raise
        return server

    def _enter(self, server: smtplib.SMTP, told: Callable[[str], None]) -> None:
        """Encrypt the line and log in, as far as the settings ask for it."""
        mail = self.office.settings.mail
        if mail.security == "starttls":
            self._step(
                lambda: server.starttls(context=self.tls),
                f"{mail.host}:{mail.port} 不能加密（STARTTLS）",
                f"请核对 [mail] port 和 security（{_PORTS}）",
            )
            told("已经加密")
        if mail.user:
            secret = read_secret(self.office, "password", section="mail")
            self._step(
                lambda: server.login(mail.user, secret),
                "登录没有成功",
                "请核对 [mail] user；密码多半要用邮箱里生成的“授权码”",
            )
            told("登录成功")

    def send(self, server: smtplib.SMTP, one: Subscriber, *, again: str = "") -> None:
        """Hand one message to the server; errors are smtplib's."""
        mail = self.office.settings.mail
        name = mail.sender_name or self.content.paper.title
        message = message_of(
            self.letter,
            sender=Address(name, addr_spec=mail.sender),
            recipient=Address(one.name, addr_spec=one.address),
            message_id=letter_id(
                letter_key(self.office),
                self.content.edition.day,
                one,
                mail.sender,
                again=again,
            ),
            sent=self.office.now,
        )
        server.send_message(message, mail.sender, [one.address])

    def _connect(self) -> smtplib.SMTP:
        mail = self.office.settings.mail
        if mail.security == "tls":
            return smtplib.SMTP_SSL(
                mail.host, mail.port, timeout=TIMEOUT, context=self.tls
            )
        return smtplib.SMTP(mail.host, mail.port, timeout=TIMEOUT)

    @staticmethod
    def _step(work: Callable[[], Any], failed: str, mend: str) -> Any:  # noqa: ANN401 - what the step gives
        try:
            return work()
        except (OSError, smtplib.SMTPException, ValueError) as error:
            todo = _mend(error) or mend
            raise NewsroomError(f"{failed}：{_said(error)}。{todo}") from error


def make_post(
    office: Office,
    store: Store,
    day: date,
    *,
    tls: ssl.SSLContext | None = None,
    released: bool = True,
) -> Post:
    """The edition of a day, ready to go.

    Raises:
        NewsroomError: [mail] is not filled in, or the day has no edition.
        NotAllowed: the edition is not released and ``released`` asks for it.
    """
    mail = office.settings.mail
    if not mail.sender:
        raise NewsroomError(
            "还没有设好发信：请在 config.toml 的 [mail] 里写 sender、host 等，"
            "再用 gonghui mail --test 您的邮箱 试一封"
        )
    edition = edition_of(store, day)
    if released and edition.release is None:
        raise NotAllowed(
            f"{full_date(day)}的简报还没有签发，不能发给订阅人；"
            "先 gonghui release，或用 --test 邮箱 先试一封"
        )
    content = content_of(*public_preview(form_given(office, store, edition), edition))
    letter = letter_of(content, reply_to=mail.sender)
    return Post(office, content, letter, tls or ssl.create_default_context())


def send_edition(post: Post, *, again: bool = False) -> Iterator[Delivery]:
    """Send to every subscriber who has not had it yet; each result is logged at once.

    A refused address costs itself only; a lost connection is opened anew once. A
    server that fails on several people in a row is left alone: each of them may take a
    minute, and nothing else can run meanwhile.

    Raises:
        NewsroomError: the list or the server cannot be used at all.
    """
    people = read_subscribers(post.office)
    log = post.office.data / FOLDER / f"{post.content.edition.day}.jsonl"
    done = set() if again else _sent_before(log)
    resting = {} if again else resting_addresses(log.parent)
    for one in people:
        if one.address in resting and one.address not in done:
            yield Delivery(one.address, RESTING, resting[one.address])
    left = [one for one in people if one.address not in done | set(resting)]
    if not left:
        return
    mark = post.office.now.isoformat() if again else ""
    server, in_vain = post.open(), 0
    try:
        for one in left:
            result = _deliver(post, server, one, mark)
            if result.state == FAILED:
                server.close()
                server = post.open()
                result = _deliver(post, server, one, mark)
            _note(log, result, post.office.now)
            yield result
            in_vain = in_vain + 1 if result.state == FAILED else 0
            if in_vain == MOST_IN_VAIN:
                raise NewsroomError(
                    f"一连{in_vain}封都没有发成，先停下：{result.why}。"
                    "过一会儿再运行一次，只补没发到的"
                )
    finally:
        server.close()


def note_bounces(office: Office, bounces: Sequence[Bounce]) -> tuple[str, ...]:
    """Log the letters of ours that came back, each once; a sentence for each.

    A report counts only when it names the very message that went to that address: its
    number is keyed, so nobody can stop another's letters by a made-up report.
    """
    said = []
    key = letter_key(office)
    for bounce in bounces:
        day = _day_of(bounce, key)
        log = office.data / FOLDER / f"{day}.jsonl"
        if day is None or bounce.address in _logged(log, BOUNCED):
            continue
        why = _cut(f"{bounce.status} {bounce.why}")
        if bounce.is_lasting:
            _note(log, Delivery(bounce.address, BOUNCED, why), office.now)
        said.append(
            f"{full_date(day)}的简报没有送到 {bounce.address}（{why}）："
            "请核对订阅名单里的这个邮箱"
        )
    return tuple(said)


def _day_of(bounce: Bounce, key: bytes) -> date | None:
    """The day whose letter came back; None when it is no letter of ours."""
    try:
        day = date.fromisoformat(bounce.message_id[1:9])
    except ValueError:
        return None
    ours, _, _ = letter_id(key, day, Subscriber(bounce.address)).partition("@")
    named, _, _ = bounce.message_id.partition("@")
    return day if hmac.compare_digest(ours.encode(), named.encode()) else None


def resting_addresses(folder: Path) -> dict[str, str]:
    """The addresses whose last two letters came back or were refused for good."""
    found: dict[str, str] = {}
    in_vain: dict[str, int] = {}
    settled: set[str] = set()
    for log in sorted(folder.glob("*.jsonl"), reverse=True)[:_LOGS]:
        states = {row["to"]: row for row in _rows(log)}
        believed = _believes_refusals(states.values())
        for address, row in states.items():
            if address in settled:
                continue
            lasting = row["state"] == REFUSED and row.get("lasting") and believed
            if row["state"] != BOUNCED and not lasting:
                settled.add(address)
                continue
            in_vain[address] = in_vain.get(address, 0) + 1
            found.setdefault(address, str(row["why"]))
    return {a: why for a, why in found.items() if in_vain[a] >= MOST_BOUNCES}


def _believes_refusals(rows: Iterable[dict[str, Any]]) -> bool:
    """Whether a day's refusals are the addresses' fault.

    A server that refuses more people than it takes has something against us.
    """
    states = [row["state"] for row in rows]
    taken = sum(state in {SENT, BOUNCED} for state in states)
    return taken >= max(1, states.count(REFUSED))


def try_send(post: Post, address: str, told: Callable[[str], None]) -> None:
    """One letter to one address, each step told; nothing is logged.

    Raises:
        NewsroomError: the step that failed, and how to mend it.
    """
    if not is_address(address):
        raise NewsroomError(f"“{address}”不是一个邮箱地址")
    server = post.open(told)
    try:
        moment = post.office.now.isoformat()
        result = _deliver(post, server, Subscriber(address), moment)
    finally:
        server.close()
    if result.state != SENT:
        raise NewsroomError(
            f"服务器没有收下给 {address} 的信：{result.why}。{_after(result)}"
        )
    size = sum(len(jpeg) for _, jpeg in post.letter.pictures)
    told(f"服务器收下了，约 {(size * 4 // 3 + 40_000) // 1024} KB；请到收件箱里看一看")


def _deliver(post: Post, server: smtplib.SMTP, one: Subscriber, again: str) -> Delivery:
    try:
        post.send(server, one, again=again)
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        why = _cut(f"{code} {plain(words)}")
        return Delivery(one.address, REFUSED, why, bool(_NOBODY.match(why)))
    except smtplib.SMTPResponseException as error:
        answer = f"{error.smtp_code} {plain(error.smtp_error)}"
        return Delivery(one.address, REFUSED, _cut(answer))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        return Delivery(one.address, FAILED, _said(error))
    return Delivery(one.address, SENT)


def _after(result: Delivery) -> str:
    """What to do after a trial letter that was not taken."""
    if result.state == FAILED:
        return "请过一会儿再试；总是这样，请邮箱的管理员看看"
    if result.why[:1] == "4":
        return "服务器说的是暂时不收：过几分钟再试"
    return "请核对收件地址；发件邮箱 [mail] sender 要与登录名 user 一致"


def _mend(error: Exception) -> str:
    """What mends a step that failed, where the error itself tells it."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            "密码没有发出去。请核对 [mail] host 是不是邮箱写明的那个名字，"
            "并看电脑的日期对不对"
        )
    if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code in _LATER:
        return "服务器说的是暂时不行：过几分钟再试"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return (
            f"请核对 [mail] port 和 security（{_PORTS}）；不用登录的服务器请删去 user"
        )
    return ""


def letter_key(office: Office) -> bytes:
    """The office's own secret in the numbers of its letters, made at the first need."""
    file = office.data / FOLDER / "letters.key"
    if not file.exists():
        write_whole(file, secrets.token_hex(32).encode())
    return bytes.fromhex(file.read_text(encoding="ascii"))


def letter_id(
    key: bytes, day: date, one: Subscriber, sender: str = "", *, again: str = ""
) -> str:
    """The Message-ID of a day's letter to one person.

    The same for the same person and day, so that a double is one message.
    """
    words = f"{day}|{one.address}|{again}"
    digest = hmac.digest(key, words.encode(), "sha256").hex()[:24]
    return f"<{day:%Y%m%d}.{digest}@{sender.rpartition('@')[2]}>"


def _sent_before(log: Path) -> set[str]:
    return _logged(log, SENT)


def _logged(log: Path, state: str) -> set[str]:
    return {row["to"] for row in _rows(log) if row["state"] == state}


def _rows(log: Path) -> list[dict[str, Any]]:
    if not log.is_file():
        return []
    rows = []
    for line in log.read_text("utf-8", errors="replace").splitlines():
        try:
            rows.append(json.loads(line))
        except ValueError:
            continue  # a line that a cut tore: that letter goes once more
    return rows


def _note(log: Path, result: Delivery, now: datetime) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    row = {
        "at": now.isoformat(),
        "to": result.address,
        "state": result.state,
        "why": result.why,
    } | ({"lasting": True} if result.is_lasting else {})
    with log.open("a", encoding="utf-8") as out:
        if out.tell() and not log.read_bytes().endswith(b"\n"):
            out.write("\n")
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
        out.flush()
        os.fsync(out.fileno())


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _cut(f"服务器说“{error.smtp_code} {plain(error.smtp_error)}”")
    return _cut(mail_words(error))


def _cut(words: str) -> str:
    return " ".join(words.split())[:_WHY]
