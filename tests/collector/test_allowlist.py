"""Nothing but the exact lines of a platform passes the guard, and nothing passes the wire without it."""

from pathlib import Path
from threading import Event

import pytest
from hypothesis import given

from collector.allowlist import Answer, Guard
from collector.credentials import Login, Secret
from collector.errors import ForbiddenCommandError
from collector.platform import SESSION_COMMANDS, platforms
from collector.wire import Wire
from tests.collector import nasty
from tests.collector.lab import PASSWORD, USER, Lab, lab, switch

PLATFORMS = sorted(platforms())


@pytest.mark.parametrize("platform", PLATFORMS)
@given(line=nasty.LINES)
def test_only_lines_of_the_list_pass(platform: str, line: str) -> None:
    known = platforms()[platform]
    if line in {*known.commands(), *known.no_paging}:
        Guard(known).check(line)
    else:
        with pytest.raises(ForbiddenCommandError):
            Guard(known).check(line)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_line_of_the_list_passes(platform: str) -> None:
    known = platforms()[platform]
    for line in known.allowed:
        Guard(known).check(line)
    assert set(known.no_paging) <= SESSION_COMMANDS


@given(line=nasty.LINES)
def test_before_recognition_only_identify_passes(line: str) -> None:
    guard = Guard.before_recognition(platforms().values())
    if line in {"display version", "show version"}:
        guard.check(line)
    else:
        with pytest.raises(ForbiddenCommandError):
            guard.check(line)


def lets_through(guard: Guard, line: str) -> bool:
    try:
        guard.check(line)
    except ForbiddenCommandError:
        return False
    return True


@pytest.mark.parametrize("line", ["save", "\x1b[2J", "\r\nsave", "x" * 10_000, "\u202esave"])
def test_the_refusal_can_be_printed_anywhere(line: str) -> None:
    with pytest.raises(ForbiddenCommandError) as refused:
        Guard(platforms()[PLATFORMS[0]]).check(line)
    assert len(str(refused.value)) < 500
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("platform", PLATFORMS)
def test_nothing_that_is_made_of_an_allowed_line_passes(platform: str) -> None:
    """Every line of the list with everything that the table knows to put before, into and behind it."""
    known = platforms()[platform]
    guard = Guard(known)
    passed = [bent for line in known.allowed for bent in nasty.of(line) if lets_through(guard, bent)]
    assert set(passed) <= known.allowed, "a shorter command of the list is no other line"
    assert all(" " in line for line in passed)


def test_without_candidates_nothing_passes() -> None:
    with pytest.raises(ForbiddenCommandError):
        Guard.before_recognition(()).check("display version")


@pytest.mark.parametrize(
    "line", ["save", "reset saved-configuration", "undo screen-length disable", "reboot"]
)
def test_a_platform_file_cannot_let_other_lines_in(line: str) -> None:
    known = platforms()[PLATFORMS[0]]
    bent = known.model_copy(update={"no_paging": (*known.no_paging, line)})
    assert line in bent.allowed
    with pytest.raises(ForbiddenCommandError):
        Guard(bent).check(line)


def test_the_answers_are_these_and_no_more() -> None:
    assert {answer.value for answer in Answer} == {"N\n", " ", "\n"}


def dial(where: Lab, guard: Guard) -> Wire:
    host, port = where.simulator.address("sw-1")
    return Wire(
        host, port, Login(USER, Secret(PASSWORD)), guard=guard, rules=where.rules, connect_s=3, stop=Event()
    )


def test_the_wire_sends_nothing_that_the_guard_refuses(tmp_path: Path) -> None:
    device = switch()
    with lab(tmp_path, device) as where, dial(where, Guard(device.platform)) as wire:
        for line in ("system-view", "display version\nsave", "display version;save", ""):
            with pytest.raises(ForbiddenCommandError):
                wire.send_line(line)
        with pytest.raises(ForbiddenCommandError):
            wire.write_channel("save\n")
        with pytest.raises(ForbiddenCommandError):
            wire.send_command("save")
        with pytest.raises(ForbiddenCommandError):
            wire.find_prompt()
    assert device.record == [b""]
