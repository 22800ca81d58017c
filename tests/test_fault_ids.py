"""C8: every case of the fault and durability lists has a test that bears its id."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
ID = re.compile(r"(?<=_)[cdf]\d{1,2}(?=_|$)")


def ids(letter: str, *spans: tuple[int, int]) -> list[str]:
    return [f"{letter}{n:02}" for first, last in spans for n in range(first, last + 1)]


FAULTS = ids("f", (1, 75))
DURABILITY = ids("d", (1, 4), (8, 8), (10, 22), (33, 40))
CONTRACT = [f"c{n}" for n in range(1, 9)]


def named_ids() -> set[str]:
    """The ids in the names of all test functions, read without running them."""
    found: set[str] = set()
    for file in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found.update(ID.findall(node.name))
    return found


@pytest.mark.parametrize("ids_", [FAULTS, DURABILITY, CONTRACT], ids="FDC")
def test_c8_every_case_has_a_test_of_its_name(ids_):
    """F01-F75, the store's and the office's D cases, and C1-C8: none without a test."""
    assert sorted(set(ids_) - named_ids()) == []
