"""The morning after a restore: nothing is sent anew, nothing is forgotten."""

from __future__ import annotations

import json
from dataclasses import replace

from config import load_settings
from tests.workflow.two_hosts import ASK, files, with_hosts
from workflow.backing_up import make_backup
from workflow.building import build_trees
from workflow.office import Office
from workflow.publishing import choose_hosts, publish_all
from workflow.quarantining import quarantined
from workflow.restoring import restore_backup

HOST = """
[[hosts]]
name = "ben"
kind = "folder"
folder = "{folder}"
"""
REMEMBERED = (
    "quarantine.json",
    "mail/2026-09-21.jsonl",
    "group/2026-09-21.json",
    "sites/lanmu.json",
    "backfill/lanmu.json",
    "samples/lanmu/1.html",
    "subscribers.txt",
)


def restored(office: Office, to) -> Office:
    made = make_backup(office)
    return replace(
        office, settings=load_settings(restore_backup(made.file, to).settings)
    )


def test_what_the_next_morning_must_know_is_in_the_backup(lively, tmp_path):
    """Letters sent, sources doubted, lists of addresses come back byte for byte."""
    data = lively.office.data
    for name in REMEMBERED:
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text(f"kept: {name}", encoding="utf-8")

    again = restored(lively.office, tmp_path / "new").data

    found = {name: (again / name).read_text("utf-8") for name in REMEMBERED}
    assert found == {name: f"kept: {name}" for name in REMEMBERED}


def test_lists_of_addresses_may_lie_anywhere(lively, tmp_path):
    """Among what is kept anyhow, or outside under one name: each comes back once."""
    office = lively.office
    inside = office.data / "mail" / "list.txt"
    outside = tmp_path / "elsewhere" / "list.txt"
    for file in (inside, outside):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {file.parent.name}\n", encoding="utf-8")
    for door, letters in ((outside, inside), (outside, outside)):
        text = office.settings.file.read_text("utf-8").partition("\n[mail]\n")[0]
        text += f'\n[mail]\nsubscribers = "{letters.as_posix()}"\n'
        text += f'[mail_door]\nsenders = "{door.as_posix()}"\n'
        office.settings.file.write_text(text, encoding="utf-8")
        moved = replace(office, settings=load_settings(office.settings.file))

        again = restored(moved, tmp_path / f"new-{letters.parent.name}").settings

        lists = (again.mail.subscribers, again.mail_door.senders)
        found = [again.path(path).read_text("utf-8") for path in lists]
        assert found == [file.read_text("utf-8") for file in (letters, door)]


def test_the_list_of_an_old_place_comes_back_to_the_data_folder(lively, tmp_path):
    """Where lists lay once, beside config.toml, is in the backup too."""
    office = lively.office
    old = office.settings.folder / "data" / "subscribers.txt"
    old.parent.mkdir(parents=True, exist_ok=True)
    old.write_text("he@example.cn\n", encoding="utf-8")

    again = restored(office, tmp_path / "new")

    assert "he@example.cn\n" == (again.data / "subscribers.txt").read_text("utf-8")


def test_a_source_in_quarantine_stays_there(lively, tmp_path):
    """F37: a site that was taken over is not trusted because of a new computer."""
    file = lively.office.data / "quarantine.json"
    file.write_text(json.dumps({"lanmu": "像是博彩"}), encoding="utf-8")

    again = restored(lively.office, tmp_path / "new")

    assert quarantined(again) == {"lanmu": "像是博彩"}


def test_publishing_goes_on_where_it_was(lively, tmp_path):
    """After a restore and a build nothing is sent that the host has already."""
    folder = tmp_path / "host"
    office = with_hosts(lively.office, HOST.format(folder=folder))
    publish_all(office, choose_hosts(office, ()), ASK)
    before = files(folder / "current")
    again = restored(office, tmp_path / "new")

    with again.store() as store:
        build_trees(again, store)
    (outcome,) = publish_all(again, choose_hosts(again, ()), ASK)

    assert outcome.fault == ""
    assert files(folder / "current") == before
    assert (outcome.receipt.sent, outcome.receipt.deleted) == ((), ())
