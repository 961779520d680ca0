"""Writing a file so that a reader never meets half of one."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def write_atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` make a file beside `path`, and put it in place when it is whole.

    Only the owner can read it: reports hold addresses, serial numbers and the topology.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    draft = Path(name)
    try:
        write(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
