from __future__ import annotations

import importlib.util
import sys
from pathlib import Path


def _load(name: str) -> None:
    """The folder is no package (import-mode importlib): its helpers get names."""
    file = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"reading_{name}", file)
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(f"reading_{name}", module)
    spec.loader.exec_module(module)


for _name in (
    "pages",
    "shapes",
    "shapes_government",
    "shapes_media",
    "shapes_small",
    "shapes_quirks",
    "shapes_bodies",
    "shapes_credits",
    "shapes_dates",
    "shapes_people",
    "shapes_rests",
    "shapes_habits",
    "shapes_lists",
    "shapes_list_habits",
):
    _load(_name)
