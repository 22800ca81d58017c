from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

# The folder is no package (import-mode importlib): its helper is loaded by name.
_spec = importlib.util.spec_from_file_location(
    "reading_pages", Path(__file__).with_name("pages.py")
)
_module = importlib.util.module_from_spec(_spec)
sys.modules.setdefault("reading_pages", _module)
_spec.loader.exec_module(_module)
