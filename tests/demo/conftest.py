import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from training.demo import places


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user can reach, unlike pytest's own."""
    parent = Path(tempfile.mkdtemp(prefix="muster-test-"))
    parent.chmod(0o755)
    yield parent / "demo"
    if (parent / "demo").exists():
        places.drop(parent / "demo")
    shutil.rmtree(parent)
