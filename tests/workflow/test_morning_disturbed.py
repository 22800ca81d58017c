"""What lies about, or goes wrong beside the news, never costs the edition."""

from __future__ import annotations

import pytest

from tests.workflow.many_sites import site
from workflow.collecting import spool_folder
from workflow.spooling import left_spools


def test_what_others_put_beside_the_spools_stops_no_morning(many):
    """D01: a synced copy, a file: left alone, and the edition comes out."""
    office = many(site("aa"), "aa")
    folder = spool_folder(office.office)
    (folder / "run-7 (冲突的副本)" / "aa").mkdir(parents=True)
    (folder / "run-8").write_text("", encoding="utf-8")

    made = office.morning()

    assert () == left_spools(office.office)
    assert made.edition is not None
    assert (folder / "run-7 (冲突的副本)" / "aa").is_dir()


def test_a_left_spool_that_cannot_be_taken_in_is_not_called_taken(many, monkeypatch):
    """D01: the loss says so; no note claims that it came in."""
    office = many(site("aa"), "aa")
    (spool_folder(office.office) / "run-1" / "aa").mkdir(parents=True)

    def fail(*_given):
        raise OSError("torn")

    monkeypatch.setattr("workflow.morning.take_in_source", fail)

    report = office.morning().report

    assert any("入库”没有完成" in loss.sentence for loss in report.losses)
    assert not any("补收了" in note for note in report.notes)


@pytest.mark.parametrize("part", ["propose_withdrawals", "health_notes"])
def test_notes_that_cannot_be_made_do_not_cost_the_edition(many, monkeypatch, part):
    """A fault of ours in what the report says beside the news is one counted loss."""

    def fail(*_given):
        raise OSError("folder gone")

    monkeypatch.setattr(f"workflow.morning.{part}", fail)

    made = many(site("aa"), "aa").morning()

    assert made.edition is not None
    assert 10 == made.report.exit_code
    assert 1 == len(made.report.losses)
