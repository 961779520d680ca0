"""At least once, marked when it may be the second time, and never in the way of a run."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from agent.notices import outbox as module
from agent.notices.notice import Line, Notice
from agent.notices.outbox import GIVEN_UP_AFTER, Outbox
from agent.notices.settings import Mail, Webhook
from tests.agent.notices.receivers import Robot, robot

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
CHANNELS: Mapping[str, Mail | Webhook] = {"group": Webhook(kind="wecom", url_env="XJ_URL")}
TOLD: tuple[int, dict[str, Any]] = (200, {"errcode": 0})
BUSY: tuple[int, dict[str, Any]] = (503, {})


def notice(name: str = "run-1.changes") -> Notice:
    return Notice(id=name, title="标题", lines=(Line(text="新增 1 项"),))


def send(box: Outbox, there: Robot | None, *, at: datetime = NOW) -> list[str]:
    said: list[str] = []
    url = "http://127.0.0.1:9/" if there is None else there.url
    box.send(CHANNELS, {"XJ_URL": url}, lambda: at, said.append)
    return said


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "wait_exponential", lambda **_: lambda _state: 0)


def complaints(box: Outbox) -> list[str]:
    said: list[str] = []
    box.waiting(said.append)
    return said


def test_what_is_added_is_told_once(tmp_path: Path) -> None:
    box = Outbox(tmp_path)
    with robot() as there:
        for _ in range(2):
            box.add(notice(), CHANNELS, NOW)
            assert send(box, there) == []
    assert len(there.requests) == 1
    assert [(s.notice, s.channel, s.attempts, s.given_up) for s in box.sent()] == [
        ("run-1.changes", "group", 1, "")
    ]
    assert box.waiting(print) == []


def test_a_short_trouble_is_got_over(tmp_path: Path) -> None:
    box = Outbox(tmp_path)
    box.add(notice(), CHANNELS, NOW)
    with robot() as there:
        there.answers = [BUSY, BUSY, TOLD]
        assert send(box, there) == []
    assert len(there.requests) == 3


def test_what_was_not_told_waits_and_is_marked(tmp_path: Path) -> None:
    box = Outbox(tmp_path)
    box.add(notice(), CHANNELS, NOW)
    (said,) = send(box, None)
    assert "tried again by the next run" in said
    assert [waiting.attempts for waiting in box.waiting(print)] == [1]
    with robot() as there:
        assert send(Outbox(tmp_path), there) == []
    ((_, body),) = there.requests
    assert "重复通知" in body["markdown"]["content"]
    assert [s.attempts for s in box.sent()] == [2]


def test_killed_between_sending_and_writing_it_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = Outbox(tmp_path)
    box.add(notice(), CHANNELS, NOW)
    with robot() as there:
        with monkeypatch.context() as patched:
            patched.setattr(Outbox, "_end", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                send(box, there)
        assert send(box, there) == []
    first, second = (body["markdown"]["content"] for _, body in there.requests)
    assert "重复通知" not in first
    assert "重复通知" in second


def test_killed_between_writing_it_down_and_striking_it_off(tmp_path: Path) -> None:
    box = Outbox(tmp_path)
    box.add(notice(), CHANNELS, NOW)
    (path,) = box.folder.glob("*.json")
    waiting = path.read_bytes()
    with robot() as there:
        send(box, there)
        path.write_bytes(waiting)
        send(box, there)
    assert len(there.requests) == 1
    assert not path.exists()


def test_half_a_line_in_the_record_costs_nothing_else(tmp_path: Path) -> None:
    box = Outbox(tmp_path)
    box.add(notice("a"), CHANNELS, NOW)
    (box.folder / "sent.jsonl").write_text('{"notice": "b", "cha', "utf-8")
    with robot() as there:
        assert send(box, there) == []
    assert [s.notice for s in box.sent()] == ["a"]


def test_what_cannot_be_read_is_complained_of_and_left(tmp_path: Path) -> None:
    box = Outbox(tmp_path)
    box.folder.mkdir()
    path = box.folder / "odd--group.json"
    path.write_text("{", "utf-8")
    (said,) = send(box, None)
    assert str(path) in said
    assert path.exists()


def test_a_draft_that_a_killed_process_left_is_no_notice(tmp_path: Path) -> None:
    box = Outbox(tmp_path)
    box.add(notice(), CHANNELS, NOW)
    (path,) = box.folder.glob("*.json")
    path.with_name(f".{path.name}.x1.json").write_bytes(path.read_bytes())
    with robot() as there:
        assert send(box, there) == []
    assert len(there.requests) == 1


def test_after_a_week_it_is_given_up(tmp_path: Path) -> None:
    box = Outbox(tmp_path)
    box.add(notice(), CHANNELS, NOW)
    (said,) = send(box, None, at=NOW + GIVEN_UP_AFTER + timedelta(hours=1))
    assert "given up after 7 days" in said
    assert [bool(s.given_up) for s in box.sent()] == [True]
    assert box.waiting(print) == []


def test_a_channel_that_is_gone(tmp_path: Path) -> None:
    box = Outbox(tmp_path)
    box.add(notice(), CHANNELS, NOW)
    said: list[str] = []
    box.send({}, {}, lambda: NOW, said.append)
    assert "does not exist any more" in said[0]
    assert box.waiting(print) == []


def test_two_processes_never_send_at_once(tmp_path: Path) -> None:
    box = Outbox(tmp_path)
    box.add(notice(), CHANNELS, NOW)
    with robot() as there, FileLock(box.folder / "lock"):
        # A lock of another object, as another process has one.
        assert send(box, there) == ["notices are being sent by another process"]
    assert there.requests == []
