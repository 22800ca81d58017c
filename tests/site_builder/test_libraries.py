"""What pages are made with is part of what they rest on."""

from __future__ import annotations

import sys
from importlib.metadata import version

from site_builder import ground
from site_builder.libraries import SHAPING, installed_versions, shaping_versions


def test_versions_are_those_that_the_libraries_tell():
    """Read from names alone, they are what each library's own record says."""
    told = {name: installed_versions()[name] for name in SHAPING}

    assert {name: version(name) for name in SHAPING} == told


def test_another_version_of_python_or_a_library_is_another_ground(monkeypatch):
    """After an upgrade every page is made anew and compared."""
    before = ground.source_digest.__wrapped__()
    others = [*shaping_versions()]
    assert sys.version in others
    others[-1] += ".1"
    monkeypatch.setattr(ground, "shaping_versions", lambda: others)

    assert before != ground.source_digest.__wrapped__()
