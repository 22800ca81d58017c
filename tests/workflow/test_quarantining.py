"""The list of sources that wait for a person, and the command that ends the wait."""

from __future__ import annotations

from workflow.cli import run
from workflow.quarantining import quarantine, quarantined


def test_f37_a_clerk_trusts_a_source_again_by_a_command(office, config_file, capsys):
    """The command takes the source off the list and says how many stories are free."""
    (loss,) = quarantine(office, {"lanmu": "5条里有3条像广告"})

    code = run(["sources", "trust", "lanmu", "-c", str(config_file)])

    assert "样板工会网：5条里有3条像广告" in loss.sentence
    assert code == 0
    assert quarantined(office) == {}
    assert "已信任 样板工会网，放行 0 篇稿件" in capsys.readouterr().out


def test_a_torn_list_is_none(office):
    """A list that a crash cut off quarantines nothing and stops no run."""
    office.data.mkdir(parents=True, exist_ok=True)
    (office.data / "quarantine.json").write_text('{"a": ', encoding="utf-8")

    assert quarantined(office) == {}
