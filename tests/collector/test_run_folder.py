"""A run folder can be read whatever happened to the run."""

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collector.capture import Capture, CaptureStatus
from collector.errors import RunFolderError
from collector.inventory import Device
from collector.run_folder import RunFolder, data_folder, new_run_id
from collector.run_record import DeviceOutcome, OutcomeReason, RunState
from tests.collector.lab import plan_for

MOMENT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
DEVICES = (
    Device(name="core", host="192.0.2.1", credential="c"),
    Device(name="接入1", host="192.0.2.2", credential="c"),
)


def capture(
    command: str = "display clock", raw: bytes = b"\xb6\xcb\r\n<sw>", device: str = "core"
) -> Capture:
    return Capture(
        device=device,
        command=command,
        status=CaptureStatus.TIMED_OUT,
        raw=raw,
        started_at=MOMENT,
        elapsed_s=1.25,
        detail="没有等到",
    )


def outcome(device: str = "core", *, ended: bool = True) -> DeviceOutcome:
    return DeviceOutcome(
        device=device,
        reached=True,
        platform="huawei_vrp8",
        reason=None,
        detail="",
        started_at=MOMENT,
        ended_at=MOMENT if ended else None,
    )


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return RunFolder.create(tmp_path / "data", plan_for(DEVICES))


def test_what_is_stored_comes_back(run: RunFolder) -> None:
    first, second = capture(), capture("display ospf-x peer", b"", "接入1")
    run.add_capture(first)
    stored = run.add_capture(second)
    assert stored.file == "captures/接入1/display_ospf_x_peer.txt"
    again = RunFolder.open(run.path)
    assert [entry.capture for entry in again.captures()[0]] == [first, second]
    assert again.captures()[1] == ()
    assert again.plan == run.plan
    assert again.data == run.path.parent.parent


def test_the_last_capture_of_a_command_counts(run: RunFolder) -> None:
    run.add_capture(capture(raw=b"old"))
    run.add_capture(capture(raw=b"new"))
    (only,), damage = run.captures()
    assert (only.capture.raw, damage) == (b"new", ())


def test_only_the_owner_can_read_it(run: RunFolder) -> None:
    run.add_capture(capture())
    run.add_outcome(outcome())
    for path in [run.path, *run.path.rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


@pytest.mark.parametrize("kept", range(0, 60, 7))
def test_a_torn_last_line_is_left_out_and_said(run: RunFolder, kept: int) -> None:
    run.add_capture(capture())
    index = run.path / "index.jsonl"
    whole = index.read_bytes()
    index.write_bytes(whole + whole[: kept + 1])
    entries, damage = run.captures()
    assert [entry.capture for entry in entries] == [capture()]
    assert [(d.file, "is torn" in d.detail) for d in damage] == [("index.jsonl", True)]


def test_writing_goes_on_after_a_torn_line(run: RunFolder) -> None:
    (run.path / "index.jsonl").write_bytes(b'{"device": "co')
    run.add_capture(capture())
    entries, damage = run.captures()
    assert len(entries) == 1
    assert [d.detail for d in damage] == ["line 1 is no complete record"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda path: path.write_bytes(b"changed"), "SHA-256"),
        (lambda path: path.unlink(), "cannot be used"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), "SHA-256"),
    ],
)
def test_a_damaged_capture_is_not_used(run: RunFolder, change: object, said: str) -> None:
    stored = run.add_capture(capture())
    run.add_capture(capture("display version"))
    assert callable(change)
    change(run.path / stored.file)
    entries, damage = run.captures()
    assert [entry.capture.command for entry in entries] == ["display version"]
    assert [(d.file, said in d.detail) for d in damage] == [(stored.file, True)]


@pytest.mark.parametrize("file", ["../../../etc/passwd", "/etc/passwd"])
def test_an_index_cannot_lead_out_of_the_folder(run: RunFolder, file: str) -> None:
    run.add_capture(capture())
    index = run.path / "index.jsonl"
    record = json.loads(index.read_text("utf-8"))
    index.write_text(json.dumps(record | {"file": file}) + "\n", encoding="utf-8")
    entries, damage = run.captures()
    assert entries == ()
    assert "leads out" in damage[0].detail


def test_states_only_move_forward(run: RunFolder) -> None:
    for state in (RunState.COLLECTING, RunState.COLLECTED, RunState.JUDGED, RunState.JUDGED):
        run.advance(state)
        assert run.state is state
    with pytest.raises(RunFolderError, match="cannot go back"):
        run.advance(RunState.COLLECTING)
    assert run.state is RunState.JUDGED


def test_what_interrupted_a_run_stays_known(run: RunFolder) -> None:
    run.advance(RunState.COLLECTING)
    assert "未完成" in run.interrupted
    run.advance(RunState.COLLECTED, "用户中断")
    run.advance(RunState.REPORTED)
    assert run.interrupted == "用户中断"


def test_a_finished_run_was_not_interrupted(run: RunFolder) -> None:
    run.advance(RunState.COLLECTING)
    run.advance(RunState.COLLECTED)
    assert run.interrupted == ""


def test_every_device_has_an_outcome(run: RunFolder) -> None:
    run.add_outcome(outcome(ended=False))
    (begun, never), damage = run.outcomes()
    assert (begun.reached, begun.platform, begun.reason) == (True, "huawei_vrp8", OutcomeReason.NOT_COLLECTED)
    assert (never.reached, never.platform, never.reason) == (False, None, OutcomeReason.NOT_COLLECTED)
    assert damage == ()
    run.add_outcome(outcome())
    assert run.outcomes()[0][0] == outcome()


def test_an_outcome_that_makes_no_sense_is_said(run: RunFolder) -> None:
    (run.path / "outcomes.jsonl").write_text('{"device": 1}\n[]\n', encoding="utf-8")
    outcomes, damage = run.outcomes()
    assert [o.reason for o in outcomes] == [OutcomeReason.NOT_COLLECTED] * 2
    assert len(damage) == 2


@pytest.mark.parametrize("name", ["plan.json", "state.json"])
def test_unreadable_plan_or_state_is_said(run: RunFolder, name: str) -> None:
    (run.path / name).write_text("{", encoding="utf-8")
    with pytest.raises(RunFolderError, match=name):
        print(run.plan, run.state)  # noqa: T201


def test_a_folder_that_is_no_run_is_said(tmp_path: Path) -> None:
    with pytest.raises(RunFolderError, match=r"plan\.json"):
        RunFolder.open(tmp_path)


@pytest.mark.parametrize("name", ["..", "a:b", "CON*", "%41", ".hidden"])
def test_names_cannot_lead_out_of_the_folder(run: RunFolder, name: str) -> None:
    stored = run.add_capture(capture(device=name))
    path = (run.path / stored.file).resolve()
    assert path.parent.parent == (run.path / "captures").resolve()
    assert run.captures()[0][0].capture.device == name


def test_run_ids_say_when_and_where_and_differ() -> None:
    one, other = new_run_id("局点1", MOMENT), new_run_id("局点1", MOMENT)
    assert one.startswith("20260102T030405Z-局点1-")
    assert one != other


def test_the_data_folder_can_be_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XUNJIAN_DATA", str(tmp_path))
    assert data_folder() == tmp_path
    monkeypatch.delenv("XUNJIAN_DATA")
    assert data_folder().name == "xunjian"
