import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import samples


@pytest.fixture(scope="session")
def pictures(tmp_path_factory) -> Path:
    return samples.draw_pictures(tmp_path_factory.mktemp("pictures"))
