"""A short run of the coverage-guided fuzzing; ``make fuzz`` takes a minute each."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import need

ROOT = Path(__file__).parents[2]
SECONDS = 5
# atheris has wheels for these only; elsewhere there is nothing to leave out
IS_MADE = sys.platform == "linux" and sys.version_info < (3, 12)

if IS_MADE:

    @pytest.mark.slow
    @pytest.mark.parametrize("target", ["charset", "dates", "lists", "bodies"])
    def test_f38_fuzzing_finds_nothing(target, tmp_path):
        """Nothing is raised but our own error, and a body's words are the page's."""
        need("atheris", importlib.util.find_spec("atheris") is not None)
        command = [sys.executable, "fuzz/reading.py", target, "--keep", str(tmp_path)]

        # A small shell forks it: else the fuzzer's own bound on memory would count the
        # peak of this test run, which Linux hands on through exec.
        done = subprocess.run(
            ["sh", "-c", '"$@"; exit $?', "sh", *command, "--seconds", str(SECONDS)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

        assert 0 == done.returncode, done.stderr[-3000:]
        assert [] == list(tmp_path.iterdir())
        assert "Done" in done.stderr
