"""docs/config.md says every key, and nothing else."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_reference_is_current():
    """The page is what the models say: run scripts/config_reference.py anew."""
    script = ROOT / "scripts" / "config_reference.py"
    spec = importlib.util.spec_from_file_location("config_reference", script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    written = (ROOT / "docs" / "config.md").read_text(encoding="utf-8")

    assert module.reference() == written


def test_every_key_of_the_shipped_files_is_explained():
    """A key that stands in a shipped file stands in the reference."""
    written = (ROOT / "docs" / "config.md").read_text(encoding="utf-8")
    files = [ROOT / "config.toml", *(ROOT / "config").glob("*.toml")]
    samples = re.compile(r"(?ms)^\[template\.sample\]\n.*?(?=^\[|\Z)")  # by question
    texts = [samples.sub("", file.read_text(encoding="utf-8")) for file in files]
    keys = {key for text in texts for key in re.findall(r"(?m)^(\w+) *=", text)}
    named = {"zero_month", "late", "dup", "yuegao_miss", "wrong", "leak", "yuegao"}
    named |= {"jianxun", "dongtai", "renwu", "jingyan", "toutiao"}
    named |= {"pishi_xian", "pishi_shi", "pishi_sheng"}
    named |= {"when", "place", "org", "leaders", "result", "new", "quote", "quoter"}
    named |= {"next"}

    assert set() == {key for key in keys - named if f"`{key}`" not in written}
