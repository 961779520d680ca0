import threading
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    """Every simulator ends with all of its threads; paramiko's end a little later by themselves."""
    yield
    left = [t.name for t in threading.enumerate() if t.name.startswith(("simulator", "asyncio"))]
    assert left == []
