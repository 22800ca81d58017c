from __future__ import annotations

from datetime import date, timedelta
from email import message_from_bytes
from email.message import EmailMessage

import pytest

from newsroom.errors import NewsroomError
from newsroom.submission import Door
from submissions.mail import MailDoor, open_mailbox
from tests.submissions.test_bounces import report
from tests.workflow.mail_servers import free_port, with_mail_door
from workflow.desk_work import work_off
from workflow.doors import take_doors
from workflow.mail_door import OUTBOX, read_senders, take_mail
from workflow.mailing import (
    Subscriber,
    letter_id,
    letter_key,
    resting_addresses,
)
from workflow.office import Office
from workflow.replying import open_replies

TEXT = "7月18日，安福寺镇总工会把1200份清凉包送到安福寺食品工业园的职工手里。"


@pytest.fixture
def mail_office(office, mailbox, replies, monkeypatch, tmp_path):
    """The office with a mail door and a server for replies."""
    monkeypatch.setenv("DOOR_SECRET", "secret")
    return with_mail_door(office, mailbox, replies, tmp_path)


def mail(sender="何某 <he@example.cn>", number=1, **headers):
    message = EmailMessage()
    message["From"] = sender
    message["Subject"] = "安福寺镇+动态+1200份清凉包送到一线"
    message["Message-ID"] = f"<{number}@example.cn>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(TEXT)
    return message


def thanks():
    """A word under our receipt."""
    message = mail()
    message.replace_header("Subject", "回复：已收到")
    message.set_content("收到，谢谢！")
    return message


def test_a_mail_becomes_a_submission_and_is_answered(mail_office, mailbox, replies):
    """Taken once, sealed, numbered, answered by number, and marked in the mailbox."""
    message = mail()
    message.add_attachment(
        f"协商会\n{TEXT}又一件。".encode(), "text", "plain", filename="协商.txt"
    )
    mailbox(message)

    with mail_office.store() as store, open_replies(mail_office) as send:
        first = take_mail(mail_office, store, send=send)
        second = take_mail(mail_office, store, send=send)

    (kept,) = first.received
    assert (Door.MAIL, "afs", "协商会") == (kept.door, kept.unit_id, kept.title)
    assert ((), ()) == (second.received, second.problems)
    assert (mail_office.data / kept.original / "来信.eml").is_file()
    (reply,) = replies.messages
    assert kept.number in reply.get_content()
    assert ("he@example.cn", "<1@example.cn>", "auto-replied") == (
        reply["To"],
        reply["In-Reply-To"],
        reply["Auto-Submitted"],
    )


def test_the_same_mail_twice_is_one_submission(mail_office, mailbox):
    """A mail that comes again (a run was cut off, a copy was sent) keeps its number."""
    mailbox(mail())
    mailbox(mail())

    with mail_office.store() as store:
        result = take_mail(mail_office, store)

        assert 1 == len(store.submissions())
    assert 1 == len(result.received)


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (mail(sender="stranger@example.cn"), "不在名单里"),
        (mail(Auto_Submitted="auto-replied"), "自动发出"),
        (mail(List_Id="<l.example.cn>"), "自动发出"),
        (thanks(), "只是一句回复"),
    ],
    ids=["stranger", "automatic", "list", "thanks"],
)
def test_strangers_and_machines_are_told_of_not_answered(
    mail_office, mailbox, replies, message, why
):
    """What is not taken stays unread and is named; nobody is answered."""
    mailbox(message)

    with mail_office.store() as store, open_replies(mail_office) as send:
        results = [take_mail(mail_office, store, send=send) for _ in range(2)]

        assert () == store.submissions()
    assert all(why in result.problems[0] for result in results)
    assert [] == replies.messages


def test_a_reply_that_fails_costs_no_story(mail_office, mailbox):
    """Without a way out, the story is kept and the report says so."""
    mailbox(mail())

    def refuse(_message):
        raise OSError("no way out")

    with mail_office.store() as store:
        result = take_mail(mail_office, store, send=refuse)

    assert 1 == len(result.received)
    assert "没有发出" in result.problems[0]


class CutOff(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("cut", ["before", "after"])
def test_a_reply_cut_off_while_it_is_sent_is_one_mail(mail_office, mailbox, cut):
    """Killed before or after the server took it: the same Message-ID, never another."""
    mailbox(mail())
    sent = []

    def die(message):
        if cut == "after":
            sent.append(message)
        raise CutOff

    with mail_office.store() as store:
        with pytest.raises(CutOff):
            take_mail(mail_office, store, send=die)
        take_mail(mail_office, store, send=sent.append)
        (job,) = store.jobs_of(OUTBOX)
        later = mail_office.now + timedelta(minutes=11)
        kept = message_from_bytes((store.folder / job.file).read_bytes())
        due = store.take_job("x", at=later)

    assert ("after" == cut) == bool(sent)
    assert job.key == due.key
    assert {kept["Message-ID"]} >= {message["Message-ID"] for message in sent}


def test_a_reply_that_went_out_is_noted(mail_office, mailbox):
    """The same letter read again (it could not be marked) is not answered again."""
    mailbox(mail())
    sent = []
    with mail_office.store() as store:
        take_mail(mail_office, store, send=sent.append)
        mailbox(mail())
        take_mail(mail_office, store, send=sent.append)
        (job,) = store.jobs_of(OUTBOX)

    assert 1 == len(sent)
    assert "done" == job.state.value
    assert not (mail_office.data / job.file).exists()


def test_a_reply_that_failed_is_sent_later_once(mail_office, mailbox, replies):
    """The worker tries again until the way out is open; then never again."""
    mailbox(mail())

    def refuse(_message):
        raise OSError("no way out")

    with mail_office.store() as store:
        take_mail(mail_office, store, send=refuse)
        for _ in range(2):
            work_off(mail_office, store, now=lambda: mail_office.now)
        waiting = store.jobs_waiting()

    (reply,) = replies.messages
    assert 0 == waiting
    assert "已收到" in reply.get_content()


def test_a_closed_mailbox_is_a_sentence(imap_port):
    """A wrong port says what to check, and repeats no password."""
    door = MailDoor("127.0.0.1", free_port(), "a", "hidden", is_encrypted=False)

    with pytest.raises(NewsroomError, match="请核对") as told, open_mailbox(door):
        pass

    assert "hidden" not in str(told.value)


@pytest.mark.parametrize("text", ['"a@x" = "nowhere"', "a b c"])
def test_a_faulty_list_of_senders_is_a_sentence(mail_office, text):
    """An unknown unit or a broken file is said before any mail is touched."""
    mail_office.settings.mail_door.senders.write_text(text, encoding="utf-8")

    with pytest.raises(NewsroomError, match="发件人名单"):
        read_senders(mail_office)


def test_the_morning_fetches_both_doors(mail_office, mailbox):
    """Folder and mailbox are one inbox; a closed mailbox costs its mails only."""
    mailbox(mail())

    with mail_office.store() as store:
        both = take_doors(mail_office, store)
        door = mail_office.settings.mail_door
        shut = door.model_copy(update={"port": free_port()})
        settings = mail_office.settings.model_copy(update={"mail_door": shut})
        closed = take_doors(Office(settings, mail_office.now), store)

    assert 1 == len(both.received)
    assert "请核对 [mail_door]" in closed.problems[-1]


def bounced(office, day, address="he@example.cn", *, number=None):
    """A report that the letter of a day did not reach an address."""
    if number is None:
        number = letter_id(letter_key(office), day, Subscriber(address), "n@example.cn")
    raw = report((address, "failed", "5.1.1")).decode()
    return raw.replace("<20260921.abc@example.cn>", number).encode()


def test_two_letters_that_came_back_rest_an_address(mail_office, mailbox):
    """Each report is logged once; after two the address is named, not tried."""
    days = [mail_office.now.date() + timedelta(days=n) for n in (0, 1, 1)]
    for day in days:
        mailbox(bounced(mail_office, day))

    with mail_office.store() as store:
        first = take_mail(mail_office, store)
        second = take_mail(mail_office, store)

    logs = sorted((mail_office.data / "mail").glob("*.jsonl"))
    assert not first.received
    assert ["2026-09-21.jsonl", "2026-09-22.jsonl"] == [log.name for log in logs]
    assert all(log.read_text("utf-8").count("bounced") == 1 for log in logs)
    assert sum("没有送到 he@example.cn" in said for said in first.problems) == 2
    assert all("没有送到" not in said for said in second.problems)
    assert resting_addresses(mail_office.data / "mail").keys() == {"he@example.cn"}


def test_a_made_up_report_stops_nobodys_letters(mail_office, mailbox):
    """A number that is not of our letter to that address is no bounce."""
    mailbox(bounced(mail_office, date(2026, 9, 21), number="<20260921.x@example.cn>"))

    with mail_office.store() as store:
        result = take_mail(mail_office, store)

    assert not list((mail_office.data / "mail").glob("*.jsonl"))
    assert len(result.problems) == 1
