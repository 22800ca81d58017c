import tomllib
from pathlib import Path

import pytest


@pytest.fixture
def shipped_units():
    path = Path(__file__).parents[2] / "config" / "units.toml"
    return {u["name"] for u in tomllib.loads(path.read_text("utf-8"))["unit"]}
