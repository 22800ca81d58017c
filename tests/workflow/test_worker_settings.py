"""The desk's worker and settings that somebody is just now editing."""

from __future__ import annotations

from workflow.desk_worker import _renewed


def test_a_fault_in_the_settings_does_not_stop_the_worker(office, caplog):
    """It goes on by those that it knows, and by the new ones once they are whole."""
    file = office.settings.file
    good = file.read_text(encoding="utf-8")
    file.write_text(f"{good}\n[office", encoding="utf-8")
    meanwhile = _renewed(office, file)
    file.write_text(good, encoding="utf-8")
    after = _renewed(office, file)

    assert meanwhile is office
    assert "the old ones go on" in caplog.text
    assert after is not office
