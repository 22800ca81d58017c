"""Trying changed rules on stories, in a child of its own with a limit of time.

A pattern can be written that takes for ever; the child is ended and the office told,
before the pattern can hold up a morning.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from config import load_settings
from desk.pattern_examples import pattern_examples
from newsroom.errors import NewsroomError
from newsroom.rule_trials import Hit, Trial, TrialStory, Tried, compare, hits
from newsroom.story import StoryKind

SECONDS = 20
_PARTS = ("before", "after", "made_before", "made_after")
_ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a changed rule file newly says of stories, and no longer.

    ``made`` is the same of sentences made from its changed patterns, and ``quiet`` are
    those of them that it says nothing of.
    """

    trial: Trial
    made: Trial
    quiet: tuple[str, ...]


def try_rules(
    settings_file: Path,
    name: str,
    before: str,
    text: str,
    stories: tuple[TrialStory, ...],
) -> Answer:
    """What the text of a rule file would newly say of these stories, and no longer.

    Raises:
        NewsroomError: it took too long, or the child failed.
    """
    told = {
        "settings": str(settings_file),
        "name": name,
        "was": before,
        "text": text,
        "stories": [_to_json(story) for story in stories],
    }
    command = [sys.executable, "-X", "utf8", "-m", "desk.rule_trial"]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, nothing of the request in it
            command,
            input=json.dumps(told),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=SECONDS,
            cwd=_ROOT,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise NewsroomError(
            f"新规则在最近的稿件上试了 {SECONDS} 秒还没有试完，没有保存："
            "多半是某条规则里套了两层“若干个”，请写得窄一些"
        ) from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise NewsroomError("新规则没有试成，没有保存，请再试一次") from error
    read = json.loads(done.stdout)
    made = tuple(_from_json(one) for one in read["made"])
    trial = compare(stories, _hits(read, "before"), _hits(read, "after"))
    by_patterns = compare(made, _hits(read, "made_before"), _hits(read, "made_after"))
    said = {hit.key for hit in _hits(read, "made_after")}
    quiet = tuple(one.key for one in made if one.key not in said)
    return Answer(trial, by_patterns, quiet)


def _hits(read: dict[str, Any], key: str) -> tuple[Hit, ...]:
    return tuple(Hit(**one) for one in read[key])


def tried_of(name: str) -> Tried | None:
    """What of a story this rule file decides, None when it only scores or asks."""
    return {
        "checks": Tried.CHECKS,
        "leaders": Tried.CHECKS,
        "topics": Tried.TOPICS,
        "units": Tried.UNITS,
    }.get(name)


def answer(asked: str) -> str:
    """The child's work: what the rules as they are, and as they would be, say."""
    told = json.loads(asked)
    path, name = Path(told["settings"]), told["name"]
    stories = tuple(_from_json(one) for one in told["stories"])
    tried = tried_of(name)
    if tried is None:
        return json.dumps(dict.fromkeys((*_PARTS, "made"), ()))
    made = pattern_examples(told["was"], told["text"]) if tried is Tried.CHECKS else ()
    changed = load_settings(path, instead={name: told["text"]}).rules
    rules = load_settings(path).rules
    each = ((stories, rules), (stories, changed), (made, rules), (made, changed))
    found = (hits(texts, by, tried) for texts, by in each)
    said = {
        part: [asdict(hit) for hit in of]
        for part, of in zip(_PARTS, found, strict=True)
    }
    return json.dumps(said | {"made": [_to_json(story) for story in made]})


def _to_json(story: TrialStory) -> dict[str, str]:
    return {
        "key": story.key,
        "headline": story.headline,
        "text": story.text,
        "day": story.day.isoformat() if story.day else "",
        "kind": story.kind.name if story.kind else "",
    }


def _from_json(told: dict[str, str]) -> TrialStory:
    return TrialStory(
        told["key"],
        told["headline"],
        told["text"],
        date.fromisoformat(told["day"]) if told["day"] else None,
        StoryKind[told["kind"]] if told["kind"] else None,
    )


if __name__ == "__main__":
    sys.stdout.write(answer(sys.stdin.read()))
