from pathlib import Path

import pytest

from collector.platform import platforms
from collector.simulator.device import SimulatedDevice, load_outputs
from collector.simulator.record import SessionRecord
from collector.simulator.texts import PlaceholderError

COMWARE = platforms()["h3c_comware7"]


def test_files_are_named_after_commands_as_the_platform_spells_them(tmp_path: Path) -> None:
    hyphened = next(command for command in COMWARE.commands() if "-" in command)
    stem = hyphened.replace("-", "_").replace(" ", "_")
    (tmp_path / f"{stem}.txt").write_text("a\n")
    (tmp_path / "display_of_nothing.txt").write_text("说明\n", "utf-8")
    (tmp_path / "notes.md").write_text("no output")
    assert load_outputs(tmp_path, COMWARE) == {hyphened: "a\n", "display of nothing": "说明\n"}


def test_a_wrong_placeholder_is_named_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "display_clock.txt").write_text("one\n{{yesterday|%Y}}\n")
    with pytest.raises(PlaceholderError, match=r"display_clock\.txt: line 2, column 1: unknown placeholder"):
        load_outputs(tmp_path, COMWARE)


def test_a_platform_without_dialect_is_refused() -> None:
    with pytest.raises(ValueError, match="no dialect for platform other"):
        SimulatedDevice(
            name="x", platform=COMWARE.model_copy(update={"id": "other"}), outputs={}, accounts=()
        )


@pytest.mark.parametrize(
    ("record", "beyond"),
    [
        (
            SessionRecord(
                lines=["display version", "", "screen-length disable"], keys=[" ", "q"], answers=["N"]
            ),
            (),
        ),
        (SessionRecord(lines=["display version "]), ("display version ",)),
        (SessionRecord(lines=["Display version"]), ("Display version",)),
        (SessionRecord(lines=["save"], answers=["Y"]), ("save", "Y")),
        (SessionRecord(unfinished="displ"), ("displ",)),
        (SessionRecord(requests=["subsystem sftp"]), ("subsystem sftp",)),
    ],
)
def test_what_goes_beyond_the_allowed(record: SessionRecord, beyond: tuple[str, ...]) -> None:
    assert record.beyond(frozenset({"display version", "screen-length disable"})) == beyond
