import json
import os
import re
import shutil
import smtplib
import socket
import ssl
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import samples
from aiosmtpd.controller import Controller

from config import load_settings
from newsroom.errors import NewsroomError, NotAllowed
from site_builder.forms.content import content_of
from site_builder.forms.mail_letter import letter_of
from site_builder.forms.preview import public_preview
from workflow.mailing import (
    Post,
    letter_key,
    make_post,
    resting_addresses,
    send_edition,
    try_send,
)
from workflow.office import Office
from workflow.subscriber_list import (
    read_subscribers,
    subscribers_file,
    told_of_old_place,
)

ROOT = Path(__file__).parents[2]


class Postbox:
    """A mail server that keeps what it takes and refuses whom it does not know."""

    def __init__(self):
        self.taken = []

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server, session, envelope, address, options
    ):
        if address.startswith("nobody"):
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - see above
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append((tuple(envelope.rcpt_tos), message))
        return "250 OK"


@contextmanager
def listening(handler):
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@pytest.fixture
def postbox():
    box = Postbox()
    with listening(box) as port:
        yield box, port


@pytest.fixture
def office(tmp_path, postbox) -> Office:
    shutil.copytree(ROOT / "config", tmp_path / "config")
    text = (ROOT / "config.toml").read_text("utf-8")
    settings = (
        "[mail]\n"
        'sender = "news@example.cn"\n'
        'host = "127.0.0.1"\n'
        f"port = {postbox[1]}\n"
        'security = "none"\n'
    )
    (tmp_path / "config.toml").write_text(text.replace("[mail]\n", settings, 1))
    office = Office(load_settings(tmp_path / "config.toml"), samples.NOW)
    office.data.mkdir(exist_ok=True)
    (office.data / "subscribers.txt").write_text(
        "# 领导\n何主席 <he@example.cn>\n\nNOBODY@example.cn\njiang@example.cn\n",
        encoding="utf-8",
    )
    return office


@pytest.fixture
def post(office, pictures) -> Post:
    given = samples.given(pictures)
    content = content_of(*public_preview(given, samples.ORDINARY))
    letter = letter_of(content, reply_to="news@example.cn")
    return Post(office, content, letter, ssl.create_default_context())


def test_each_subscriber_has_a_message_of_his_own(post, postbox):
    """Nobody sees another's address; a refused one costs itself only."""
    results = list(send_edition(post))

    states = {one.address: one.state for one in results}
    assert {
        "he@example.cn": "sent",
        "nobody@example.cn": "refused",
        "jiang@example.cn": "sent",
    } == states
    taken = postbox[0].taken
    assert [("he@example.cn",), ("jiang@example.cn",)] == [to for to, _ in taken]
    for (address,), message in taken:
        others = {"he@example.cn", "jiang@example.cn"} - {address}
        assert not any(other in message.as_string() for other in others)


def test_a_letter_has_text_page_and_pictures_inside(post, postbox):
    """Text and HTML hold every story in one order; pictures are parts, not links."""
    list(send_edition(post))

    message = postbox[0].taken[0][1]
    text = message.get_body(("plain",)).get_content()
    page = message.get_body(("html",)).get_content()
    parts = [p for p in message.walk() if p.get_content_type() == "image/jpeg"]
    headlines = [one.item.headline for one in post.content.entries]
    assert sorted(map(text.index, headlines)) == [text.index(h) for h in headlines]
    assert 3 == len(parts)
    for part in parts:
        assert f"cid:{part['Content-ID'].strip('<>')}" in page
    assert 'src="http' not in page
    assert "<style" not in page
    assert "class=" not in page


def test_a_portrait_is_no_higher_than_a_screen(pictures):
    """A tall photo is shown narrower, by its width: mail programs heed nothing else."""
    content = content_of(*public_preview(samples.given(pictures), samples.ORDINARY))

    page = letter_of(content, reply_to="news@example.cn").html

    widths = [int(w) for w in re.findall(r'<img [^>]*width="(\d+)"', page)]
    assert [560, 320, 560] == widths
    assert all(f"max-width:{width}px" in page for width in widths)


def test_deliveries_are_logged_and_not_repeated(post, postbox, office):
    """A second run sends only to those who have not had the edition."""
    list(send_edition(post))

    again = list(send_edition(post))

    log = office.data / "mail" / f"{samples.DAY}.jsonl"
    rows = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert ["nobody@example.cn"] == [one.address for one in again]
    assert 4 == len(rows)
    assert "550 5.1.1 no such user" == rows[1]["why"]
    assert 2 == len(postbox[0].taken)


def test_the_same_letter_bears_the_same_number(post, postbox):
    """A message that is sent twice by mischance is one for the reader's program."""
    list(send_edition(post))
    list(send_edition(post, again=True))

    numbers = [message["Message-ID"] for _, message in postbox[0].taken]
    assert 4 == len(set(numbers))
    assert numbers[0].endswith("@example.cn>")


def test_a_trial_says_each_step(post, postbox):
    """The trial letter goes to one address and tells how far it came."""
    steps = []

    try_send(post, "me@example.cn", steps.append)

    assert [("me@example.cn",)] == [to for to, _ in postbox[0].taken]
    assert "连上了" in steps[0]
    assert "收下了" in steps[-1]


def test_a_trial_names_the_key_to_mend(post, office):
    """Where nobody answers the sentence names host and port of [mail]."""
    mail = office.settings.mail.model_copy(update={"port": 1})
    settings = office.settings.model_copy(update={"mail": mail})
    settings._file = office.settings._file
    deaf = replace(post, office=replace(office, settings=settings))

    with pytest.raises(NewsroomError, match=r"\[mail\] host、port"):
        try_send(deaf, "me@example.cn", lambda _: None)


def with_mail(post, **keys):
    """The same post by another way to the server."""
    office = post.office
    mail = office.settings.mail.model_copy(update=keys)
    settings = office.settings.model_copy(update={"mail": mail})
    settings._file = office.settings._file
    return replace(post, office=replace(office, settings=settings))


@contextmanager
def greeting(words):
    """A server that says this to whoever comes first, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet():
            line, _ = server.accept()
            with line:
                line.sendall(words)

        thread = threading.Thread(target=greet, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        thread.join()


class Answering(Postbox):
    """A mail server that answers the words of a letter as it is told."""

    def __init__(self, answer):
        super().__init__()
        self.answer = answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's
        return self.answer


@pytest.mark.parametrize(
    ("answer", "advice"),
    [
        ("451 4.7.1 Greylisted, try again later", "过几分钟再试"),
        ("554 5.7.1 rejected as spam", "sender 要与登录名 user 一致"),
    ],
)
def test_a_letter_that_is_put_off_is_not_a_wrong_address(post, answer, advice):
    """What a server may take later is told apart from what it never takes."""
    with listening(Answering(answer)) as port, pytest.raises(NewsroomError) as told:
        try_send(with_mail(post, port=port), "me@example.cn", lambda _: None)

    assert answer in str(told.value)
    assert advice in str(told.value)


def test_a_server_without_encryption_is_explained_in_chinese(post):
    """No words of a program, and the key to mend."""
    with pytest.raises(NewsroomError, match="不支持这样加密") as told:
        try_send(with_mail(post, security="starttls"), "me@example.cn", lambda _: None)

    assert "[mail] port 和 security" in str(told.value)
    assert "extension" not in str(told.value)


def test_a_greeting_in_gbk_is_read(post):
    """Servers of old speak GBK; nobody is shown bytes."""
    with (
        greeting("554 您的地址被拒绝\r\n".encode("gbk")) as port,
        pytest.raises(NewsroomError, match="554 您的地址被拒绝"),
    ):
        try_send(with_mail(post, port=port), "me@example.cn", lambda _: None)


def test_a_server_that_takes_nothing_is_left_alone(post, office):
    """After three in vain the round ends; the next one sends to everybody."""
    people = "".join(f"p{n}@example.cn\n" for n in range(9))
    (office.data / "subscribers.txt").write_text(people, encoding="utf-8")
    tried = []

    def fail(self, server, one, **named):
        tried.append(one.address)
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")

    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(Post, "send", fail)
        with pytest.raises(NewsroomError, match="过一会儿再运行一次"):
            list(send_edition(post))
    again = list(send_edition(post))

    assert 3 == len(set(tried))
    assert 9 == [one.state for one in again].count("sent")


def test_a_letter_bears_the_time_of_its_sending(post, postbox, office):
    """A mail of an older edition does not hide under yesterday's."""
    later = replace(office, now=samples.NOW + timedelta(hours=30))

    try_send(replace(post, office=later), "me@example.cn", lambda _: None)

    assert later.now == postbox[0].taken[0][1]["Date"].datetime


def test_a_picture_without_a_caption_does_not_say_the_headline_twice(post):
    """Where a mail program shows no pictures, their words stand in the text."""
    headlines = [one.item.headline for one in post.content.entries]

    assert 'alt="配图"' in post.letter.html
    assert not any(f'alt="{words}"' in post.letter.html for words in headlines)


def on_day(post, days):
    """The same letter as the edition of so many days later."""
    edition = post.content.edition
    later = replace(edition, day=edition.day + timedelta(days=days))
    return replace(post, content=replace(post.content, edition=later))


class Refusing(Postbox):
    """A mail server that refuses an address with the words of its name's day."""

    def __init__(self, answers):
        super().__init__()
        self.answers = answers

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's
        envelope.rcpt_tos.append(address)
        return self.answers.get(address.partition("@")[0], "250 OK")


@pytest.mark.parametrize(
    ("answer", "rests"),
    [
        ("550 5.1.1 no such user", True),
        ("550 Mailbox not found", True),
        ("551 user not local", True),
        ("550 5.2.1 mailbox disabled", True),
        ("451 4.7.1 greylisted", False),
        ("552 5.2.2 mailbox full", False),
        ("550 5.7.1 relay denied", False),
        ("530 5.7.0 authenticate first", False),
    ],
)
def test_an_address_that_is_refused_for_good_rests(post, answer, rests):
    """After two letters it is named and not tried, unless time may mend it."""
    server = Refusing({"nobody": answer})
    with listening(server) as port:
        way = with_mail(post, port=port)
        for days in (0, 0, 1):
            list(send_edition(on_day(way, days)))
        third = {one.address: one for one in send_edition(on_day(way, 2))}
        again = {r.address: r.state for r in send_edition(on_day(way, 2), again=True)}

    assert ("resting" if rests else "refused") == third["nobody@example.cn"].state
    assert answer in third["nobody@example.cn"].why
    assert "sent" == third["he@example.cn"].state
    assert "refused" == again["nobody@example.cn"]


def test_two_refusals_of_one_letter_rest_nobody(post):
    """A second run on the same day is no second letter."""
    list(send_edition(post))

    again = list(send_edition(post))

    assert ["refused"] == [one.state for one in again]


def test_a_server_that_refuses_everybody_rests_nobody(post, office):
    """What is wrong with us is not put down to the addresses."""
    refused = dict.fromkeys(("he", "nobody", "jiang"), "550 not allowed")
    with listening(Refusing(refused)) as port:
        way = with_mail(post, port=port)
        for days in (0, 1):
            list(send_edition(on_day(way, days)))

    assert {} == resting_addresses(office.data / "mail")


def test_the_list_lies_in_the_data_folder(office):
    """An older list beside config.toml is found while the data folder has none."""
    settings = office.settings.model_copy(
        update={"store": office.settings.store.model_copy(update={"folder": "kept"})}
    )
    settings._file = office.settings._file
    base = settings.folder

    old = subscribers_file(settings)
    said = told_of_old_place(settings)
    (base / "kept").mkdir()
    (base / "kept" / "subscribers.txt").write_text("he@example.cn\n", "utf-8")

    assert base / "data" / "subscribers.txt" == old
    assert str(old) in said
    assert base / "kept" / "subscribers.txt" == subscribers_file(settings)
    assert "" == told_of_old_place(settings)


def test_a_list_that_is_named_lies_beside_the_settings(office):
    """A relative path is relative to config.toml, wherever the data folder is."""
    mail = office.settings.mail.model_copy(update={"subscribers": Path("our.txt")})
    settings = office.settings.model_copy(update={"mail": mail})
    settings._file = office.settings._file

    assert settings.folder / "our.txt" == subscribers_file(settings)


def test_a_wrong_line_of_the_list_is_named(office):
    """No message goes out while a line of the list is no address."""
    file = office.data / "subscribers.txt"
    file.write_text("he@example.cn\n何主席\n", encoding="utf-8")

    with pytest.raises(NewsroomError, match="第2行“何主席”"):
        read_subscribers(office)


def test_an_unreleased_edition_reaches_no_subscriber(office, pictures):
    """Before release only a trial letter can be made."""
    waiting = replace(samples.ORDINARY, release=None)

    with pytest.raises(NotAllowed, match="还没有签发"):
        make_post(office, Shelf(waiting), waiting.day)
    assert make_post(office, Shelf(waiting), waiting.day, released=False)


def test_hostile_words_break_no_header(post, postbox):
    """A line end in a subject makes no second header."""
    letter = replace(post.letter, subject="简报\r\nBcc: x@example.cn")
    odd = replace(post, letter=letter)

    try_send(odd, "me@example.cn", lambda _: None)

    message = postbox[0].taken[0][1]
    assert message["Bcc"] is None


class Shelf:
    """A store of one edition."""

    def __init__(self, edition):
        self._edition = edition

    def edition(self, day):
        return self._edition if day == self._edition.day else None

    def stories(self, ids):
        return tuple(story for story in samples.STORIES if story.id in set(ids))


def test_a_connection_that_is_given_up_is_closed(post, monkeypatch):
    """After a letter that failed the server is asked anew, and no socket is left."""
    opened = []
    open_, send = Post.open, Post.send

    def note(self, *given):
        opened.append(open_(self, *given))
        return opened[-1]

    def fail_once(self, server, one, **named):
        if server is opened[0]:
            raise smtplib.SMTPNotSupportedError("no such extension")
        send(self, server, one, **named)

    monkeypatch.setattr(Post, "open", note)
    monkeypatch.setattr(Post, "send", fail_once)

    states = [one.state for one in send_edition(post)]

    assert ["sent", "refused", "sent"] == states
    assert [None, None] == [server.sock for server in opened]


def test_the_office_s_key_is_on_the_disk_before_it_has_its_name(office, monkeypatch):
    """D12: a key that power loss emptied would let anybody make up reports."""

    def refuse(_handle):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", refuse)
        with pytest.raises(OSError, match="Input/output error"):
            letter_key(office)

    assert not (office.data / "mail" / "letters.key").exists()
    key = letter_key(office)
    assert 32 == len(key)
    assert key == letter_key(office)
