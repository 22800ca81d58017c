"""``gonghui build`` of whole trees in a small process: no Django, no pydantic.

A child reads and checks the settings and keeps them for the build; what it had to load
for that, half of what the program holds, is gone when it ends. The build goes on as a
small one does. Whatever is unusual (settings with a fault, a store that is to be made,
checked or migrated first, a page with a fault) is left to the command itself, which
says what is wrong.
"""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from newsroom.errors import NewsroomError
from workflow.small_build import small_build
from workflow.unchanged import UNUSUAL, Seen, Standing, asked_of, read_standing

# Loaded meanwhile: what the build itself needs.
_OF_PAGES = ("site/", "shared/", "briefing/")
_PARTS = (
    "site_builder.filling",
    "site_builder.second",
    "site_builder.deadlines",
    "workflow.page_building",
)


def whole_build(arguments: Sequence[str]) -> list[str]:
    """Build the trees; what is said of it, nothing where it was left undone."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return []
    try:
        asked = asked_of("build", arguments)
        standing = asked and read_standing(*asked)
        if not (asked and standing) or (standing.data / "run.json").exists():
            return []
        config, as_of = asked
        if not _has_store(standing.data) or not _settled(config, standing):
            return []
        gc.enable()  # all is loaded
    except UNUSUAL:
        return []  # the command says what is wrong
    return small_build(Seen(as_of, standing, (), is_same=False))


def _has_store(data: Path) -> bool:
    from story_store.reading import open_to_read

    store = open_to_read(data)
    if store is None:
        return False
    with store:
        return True


def _settled(config: Path, standing: Standing) -> bool:
    """Have a child keep what builds take from the settings; whether it could."""
    child = os.fork()
    if not child:
        _keep_settings(config, standing)
    try:
        for name in _PARTS:
            import_module(name)
        _compile_templates(standing.data)
    finally:
        _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def _compile_templates(data: Path) -> None:
    """Have the templates compiled, which rest on no settings, while these are read."""
    from site_builder.given import Audience
    from site_builder.render import make_environment
    from workflow.page_building import workshop_of

    bytecode = workshop_of(data, Audience.INTERNAL).bytecode
    environment = make_environment(bytecode=bytecode)
    for name in environment.list_templates(extensions=("html", "xml")):
        if name.startswith(_OF_PAGES):
            environment.get_template(name)


def _keep_settings(config: Path, standing: Standing) -> None:
    """The child's task, and its end."""
    left = 1
    try:
        from config import load_settings
        from workflow.building import keep_settings
        from workflow.clock import now
        from workflow.lasting import FILE
        from workflow.office import Office

        with suppress(NewsroomError):
            office = Office(load_settings(config), now())
            (standing.data / FILE).parent.mkdir(parents=True, exist_ok=True)
            keep_settings(office, standing.ground)
            left = 0
    finally:
        os._exit(left)  # nothing of the parent's is to be ended twice
