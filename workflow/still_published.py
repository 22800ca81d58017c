"""``gonghui publish`` when nothing changed: seen in a moment, before much is loaded.

A publishing to folders notes how the files of the tree and of each host stood when it
had compared them (``publisher.folders.look_of``). While all of them stand so still,
under the same program and settings, and nothing is owed to the pages, there is nothing
to send. Other kinds of hosts, and whatever is unusual, are left to the publishing.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher.folders import LOOK, look_of, walk
from publisher.host import INTENT, LOCK, RECORD, is_control
from workflow.unchanged import UNUSUAL, asked_of, read_ground

if TYPE_CHECKING:
    from config import HostSettings
    from workflow.office import Office

FOLDER = Path("publish")
NOTE = "standing.json"
TREE = "tree.json"
_OWED = (
    "SELECT EXISTS (SELECT 1 FROM desk_job "
    "WHERE kind IN ('pages', 'forms') AND state <> 'done')"
)


def nothing_to_publish(arguments: Sequence[str]) -> list[str]:
    """What ``gonghui publish`` says when all hosts hold the tree; else nothing."""
    try:
        asked = asked_of("publish", arguments)
        if not asked or asked[1]:
            return []
        data, ground = read_ground(asked[0])
        note = _read(data / FOLDER / NOTE)
        if note["ground"] != ground or (data / "run.json").exists() or _owes(data):
            return []
        tree = _read(data / FOLDER / TREE)
        if note["release"] != tree["release"]:  # sent since, to one host at a time
            return []
        if look_of(walk(Path(note["tree"]))) != tree["look"]:
            return []
        hosts = (_holds(data, host, tree["release"]) for host in note["hosts"])
        return list(map(str, note["said"])) if all(hosts) else []
    except UNUSUAL:
        return []  # the publishing itself says what is wrong, if anything is


def ground_of(config: Path | None) -> str:
    """What a publishing rests on before it begins; empty where that cannot be told."""
    from config import find_settings

    try:
        return read_ground(find_settings(config, os.environ, Path.cwd()))[1]
    except UNUSUAL:
        return ""


def note_published(
    office: Office, ground: str, hosts: Sequence[HostSettings], said: Sequence[str]
) -> None:
    """Note that these hosts hold the tree; ``said`` is what a next time would say.

    Only folders are noted: of another kind of host nothing is known without asking it.
    """
    if any(host.kind != "folder" for host in hosts):
        return
    told = {
        "ground": ground,
        "release": _read(office.data / FOLDER / TREE)["release"],
        "tree": str(office.output / "public"),
        "hosts": [_told(office, host) for host in hosts],
        "said": said,
    }
    _write(office.data / FOLDER / NOTE, told)


def keep_tree_look(data: Path, release: str, look: str) -> None:
    """Keep how the files of the tree stood that was published."""
    _write(data / FOLDER / TREE, {"release": release, "look": look})


def _told(office: Office, host: HostSettings) -> dict[str, str]:
    base = office.settings.path(host.folder.replace("\\", "/"))
    current = base / "current"
    root = current if host.releases and current.exists() else base
    return {"name": host.name, "base": str(base), "root": str(root)}


def _holds(data: Path, host: dict[str, str], release: str) -> bool:
    """Whether a host stands as it was left, with this release and nobody at it."""
    root, ours = Path(host["root"]), data / FOLDER / host["name"]
    kept = _read(ours / LOOK)
    busy = (Path(host["base"]) / LOCK, root / INTENT, ours / "journal.jsonl")
    return (
        kept["release"] == release
        and not any(file.exists() for file in busy)
        and (root / RECORD).read_bytes() == (ours / "record.json.gz").read_bytes()
        and look_of(one for one in walk(root) if not is_control(one[0])) == kept["look"]
    )


def _owes(data: Path) -> bool:
    """Whether pages or forms are still to be made."""
    uri = f"{(data / 'store.sqlite3').as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=1)) as connection:
        return bool(connection.execute(_OWED).fetchone()[0])


def _read(file: Path) -> Any:  # noqa: ANN401 - as it was written
    return json.loads(file.read_text("utf-8"))


def _write(file: Path, told: dict[str, Any]) -> None:
    part = file.with_name(f"{file.name}.part")
    part.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    part.replace(file)
