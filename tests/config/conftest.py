from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from config import Fault, SettingsFault, load_settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with the settings as they ship."""
    shutil.copy(ROOT / "config.toml", tmp_path)
    shutil.copytree(
        ROOT / "config", tmp_path / "config", ignore=shutil.ignore_patterns("*.py*")
    )
    return tmp_path


@pytest.fixture
def change(office: Path) -> Callable[..., None]:
    """Replaces a passage of a settings file, which must stand there."""

    def replace(old: str, new: str, name: str = "config.toml") -> None:
        file = office / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.fixture
def faults(office: Path) -> Callable[[], tuple[Fault, ...]]:
    """The faults of the office's settings."""

    def load() -> tuple[Fault, ...]:
        with pytest.raises(SettingsFault) as caught:
            load_settings(office / "config.toml")
        return caught.value.faults

    return load
