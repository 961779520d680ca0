import stat
from pathlib import Path

import pytest

from reports.output import write_atomically


def test_the_file_appears_whole_and_private(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_atomically(path, lambda draft: draft.write_text("new", "utf-8"))
    assert path.read_text("utf-8") == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_failure_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", "utf-8")

    def fail(draft: Path) -> None:
        draft.write_text("half", "utf-8")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_atomically(path, fail)
    assert [(p.name, p.read_text("utf-8")) for p in tmp_path.iterdir()] == [("a.txt", "old")]
