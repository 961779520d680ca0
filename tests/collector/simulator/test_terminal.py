"""A well-behaved device over real SSH: login, echo, paging, abbreviation, refusals."""

from datetime import UTC, datetime

import pytest

from collector.platform import platforms
from collector.simulator.device import Account
from collector.simulator.dialects import DIALECTS
from parsers.text import clean
from tests.collector.simulator.terminal import LINES, PROMPTS, SECRET, USER, device, listing, logged_in, verb

ERASE = {
    "h3c_comware5": b"\r\r               \r",
    "h3c_comware7": b"\r\r               \r",
    "huawei_vrp5": b"\x1b[42D" + b" " * 42 + b"\x1b[42D",
    "huawei_vrp8": b"\x1b[42D" + b" " * 42 + b"\x1b[42D",
    "inspur_inos6": b"\r" + b" " * 10 + b"\r",
    "inspur_inos_cn": b"\x1b[8D\x1b[K",
}
MORE = {
    "h3c_comware5": b"---- More ----",
    "h3c_comware7": b"---- More ----",
    "huawei_vrp5": b"  ---- More ----",
    "huawei_vrp8": b"  ---- More ----",
    "inspur_inos6": b" --More-- ",
    "inspur_inos_cn": b"\x1b[7m--More--\x1b[27m",
}


@pytest.fixture(params=sorted(PROMPTS))
def platform(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def in_crlf(lines: list[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode()


def test_every_platform_has_a_dialect() -> None:
    assert sorted(DIALECTS) == sorted(platforms()) == sorted(PROMPTS)


@pytest.mark.parametrize("kind", ["unknown", "ambiguous", "incomplete", "excess"])
def test_a_platform_knows_its_refusals_and_prompt(platform: str, kind: str) -> None:
    text = f"       ^\n{getattr(DIALECTS[platform], kind)}\n"
    known = platforms()[platform]
    assert any(form.search(text) for form in known.refused)
    assert not any(form.search(text) for form in known.no_privilege)
    denied = f"{DIALECTS[platform].denied}\n"
    assert any(form.search(denied) for form in known.no_privilege)
    assert not any(form.search(denied) for form in known.refused)
    assert known.prompt.fullmatch(PROMPTS[platform].decode().strip())
    assert DIALECTS[platform].pager_off in known.no_paging


def test_login_shows_a_greeting_and_the_prompt(platform: str) -> None:
    switch = device(platform)
    with logged_in(switch, to_prompt=False) as terminal:
        greeting = terminal.until(PROMPTS[platform])
    said = {"h3c_comware7": b"H3C", "huawei_vrp5": b"VTY users", "huawei_vrp8": b"VTY users"}
    assert said.get(platform, b"") in greeting
    assert [(login.username, login.accepted) for login in switch.logins] == [(USER, True)]
    assert switch.record == [b""]


def test_an_answer_is_output_and_prompt_in_crlf(platform: str) -> None:
    switch = device(platform)
    command = f"{verb(platform)} version"
    with logged_in(switch) as terminal:
        got = terminal.ask(command, PROMPTS[platform])
    year = str(datetime.now(UTC).year).encode()
    assert got == b"Version 1\r\nprinted at " + year + b"\r\n" + PROMPTS[platform]
    assert switch.lines == [command]
    assert switch.record == [command.encode() + b"\n"]
    assert switch.beyond_allowed() == ()


def test_characters_are_echoed_as_they_are_typed_and_can_be_rubbed_out() -> None:
    switch = device()
    with logged_in(switch) as terminal:
        for char in b"dizz":
            terminal.send(bytes([char]))
            assert terminal.until(bytes([char])) == bytes([char])
        terminal.send(b"\x7f\x7f")
        assert terminal.until(b"\b \b\b \b") == b"\b \b\b \b"
        assert terminal.ask("splay version", b"<sw>").startswith(b"Version 1\r\n")
    assert switch.record == [b"dizz\x7f\x7fsplay version\n"]
    assert switch.beyond_allowed() == ("dizz\x7f\x7fsplay version",)


@pytest.mark.parametrize("enter", [b"\n", b"\r", b"\r\n"])
def test_any_kind_of_enter_enters_once(enter: bytes) -> None:
    switch = device()
    with logged_in(switch) as terminal:
        terminal.send(b"display version" + enter + b"display interface brief" + enter)
        got = terminal.until("上联\r\n<sw>".encode())
        assert terminal.is_silent(0.1)
    assert got.count(b"<sw>") == 2
    assert [line for session in switch.sessions for line in session.lines] == switch.lines
    assert switch.lines == ["display version", "display interface brief"]


def test_many_lines_typed_ahead_are_answered_in_order() -> None:
    switch = device(think_by_command={"display version": 0.001})
    with logged_in(switch) as terminal:
        terminal.send(b"display version\n\n" * 500 + b"display interface brief\n")
        got = terminal.until("上联\r\n<sw>".encode())
    assert got.count(b"Version 1") == 500
    assert got.count(b"<sw>") == 1001


def test_long_output_comes_page_by_page(platform: str) -> None:
    switch = device(platform)
    more, erase, prompt = MORE[platform], ERASE[platform], PROMPTS[platform]
    with logged_in(switch) as terminal:
        assert terminal.ask(listing(platform), more) == in_crlf(LINES[:23]) + more
        terminal.send(b" ")
        assert terminal.until(more) == erase + in_crlf(LINES[23:46]) + more
        terminal.send(b"\r")
        assert terminal.until(more) == erase + in_crlf(LINES[46:47]) + more
        terminal.send(b"x")
        assert terminal.is_silent(0.1)
        terminal.send(b" ")
        assert terminal.until(prompt) == erase + in_crlf(LINES[47:]) + prompt
    assert switch.sessions[0].keys == [" ", "\r", "x", " "]
    assert switch.beyond_allowed() == ("\r", "x")


@pytest.mark.parametrize("key", [b"q", b"\x03"])
def test_paging_can_be_quit(platform: str, key: bytes) -> None:
    with logged_in(device(platform)) as terminal:
        terminal.ask(listing(platform), MORE[platform])
        terminal.send(key)
        assert terminal.until(PROMPTS[platform]) == ERASE[platform] + PROMPTS[platform]


def test_the_platforms_own_command_switches_paging_off(platform: str) -> None:
    switch = device(platform)
    known = platforms()[platform]
    with logged_in(switch) as terminal:
        for command in known.no_paging:
            assert b"^" not in terminal.ask(command, PROMPTS[platform])
        command = listing(platform)
        got = terminal.ask(command, PROMPTS[platform])
    assert got == in_crlf(LINES) + PROMPTS[platform]
    assert clean(f"{command}\r\n".encode() + got, command, known.prompt) == tuple(LINES)
    assert switch.beyond_allowed() == ()


@pytest.mark.parametrize("typed", ["dis ver", "DISP VERS", "d v", "  display   version"])
def test_commands_may_be_shortened(typed: str) -> None:
    switch = device()
    with logged_in(switch) as terminal:
        assert terminal.ask(typed, b"<sw>").startswith(b"Version 1\r\n")
    assert switch.beyond_allowed() == (typed,)


@pytest.mark.parametrize(
    ("platform", "typed", "answer"),
    [
        ("h3c_comware7", "foo bar", "    ^\n % Unrecognized command found at '^' position."),
        ("h3c_comware7", "dis foo", "        ^\n % Unrecognized command found at '^' position."),
        ("h3c_comware7", "re", "    ^\n % Ambiguous command found at '^' position."),
        ("h3c_comware7", "display", "           ^\n % Incomplete command found at '^' position."),
        ("h3c_comware7", "dis ver x", "            ^\n % Too many parameters found at '^' position."),
        ("huawei_vrp5", "display foo", "            ^\nError: Unrecognized command found at '^' position."),
        ("huawei_vrp5", "display", "           ^\nError:Incomplete command found at '^' position."),
        ("huawei_vrp8", "display foo", "            ^\nError: Unrecognized command found at '^' position."),
        ("inspur_inos_cn", "show foo", "         ^\n% Invalid command at '^' marker."),
        ("inspur_inos_cn", "show", "        ^\n% Incomplete command at '^' marker."),
        ("inspur_inos_cn", "display version", "    ^\n% Invalid command at '^' marker."),
        ("inspur_inos6", "show", "        ^\n% Syntax error: The command is not completed"),
        ("inspur_inos6", "display version", "    ^\n% Syntax error: Illegal command line"),
    ],
)
def test_a_wrong_line_is_pointed_at(platform: str, typed: str, answer: str) -> None:
    with logged_in(device(platform)) as terminal:
        got = terminal.ask(typed, PROMPTS[platform])
    assert got == answer.replace("\n", "\r\n").encode() + b"\r\n" + PROMPTS[platform]


@pytest.mark.parametrize(
    ("platform", "answer"),
    [
        ("h3c_comware7", "Permission denied."),
        ("huawei_vrp5", "Error: You do not have permission to run the command or the command is incomplete."),
        ("huawei_vrp8", "Error: You do not have permission to run the command or the command is incomplete."),
        ("inspur_inos_cn", "% Permission denied for the role"),
        ("inspur_inos6", "% Permission denied"),
    ],
)
def test_an_account_without_privilege_is_told_so(platform: str, answer: str) -> None:
    command = listing(platform)
    account = Account(username=USER, password=SECRET, denied=frozenset({command}))
    with logged_in(device(platform, accounts=(account,))) as terminal:
        got = terminal.ask(command, PROMPTS[platform])
        assert terminal.ask(f"{verb(platform)} version", PROMPTS[platform]).startswith(b"Version 1")
    assert got == answer.encode() + b"\r\n" + PROMPTS[platform]


@pytest.mark.parametrize(
    ("platform", "typed"),
    [
        (
            "h3c_comware7",
            [
                ("system-view", "[sw]"),
                ("int Vlan-interface1", "[sw-Vlan-interface1]"),
                ("shutdown", "[sw-Vlan-interface1]"),
                ("quit", "[sw]"),
                ("undo stp global enable", "[sw]"),
                ("return", "<sw>"),
            ],
        ),
        (
            "huawei_vrp5",
            [
                ("sys", "[sw]"),
                ("interface GigabitEthernet0/0/1", "[sw-GigabitEthernet0/0/1]"),
                ("\x1a", "<sw>"),
            ],
        ),
        (
            "huawei_vrp8",
            [("system-view", "[~sw]"), ("interface 10GE1/0/1", "[~sw-10GE1/0/1]"), ("return", "<sw>")],
        ),
        (
            "inspur_inos_cn",
            [
                ("conf t", "sw(config)# "),
                ("int e1/1", "sw(config-if)# "),
                ("shut", "sw(config-if)# "),
                ("end", "sw# "),
            ],
        ),
    ],
)
def test_configuring_shows_in_prompt_and_record(platform: str, typed: list[tuple[str, str]]) -> None:
    switch = device(platform)
    with logged_in(switch) as terminal:
        for line, prompt in typed:
            terminal.send(line.encode() + (b"" if line == "\x1a" else b"\n"))
            assert terminal.until(prompt.encode())
    assert switch.beyond_allowed() == tuple(line for line, _ in typed)


@pytest.mark.parametrize(
    ("platform", "command"),
    [("h3c_comware7", "save"), ("huawei_vrp5", "reboot"), ("inspur_inos_cn", "reload")],
)
def test_what_a_device_asks_back_is_recorded(platform: str, command: str) -> None:
    switch = device(platform)
    question = DIALECTS[platform].asks[command].replace("\n", "\r\n").encode()
    with logged_in(switch) as terminal:
        terminal.ask(command, question)
        terminal.ask("Y", PROMPTS[platform])
    assert switch.beyond_allowed() == (command, "Y")


def test_quit_in_the_first_view_logs_out() -> None:
    with logged_in(device()) as terminal:
        terminal.send(b"quit\n")
        assert terminal.to_the_end() == b"quit\r\n"


def test_thinking_takes_its_time_and_what_is_typed_meanwhile_waits() -> None:
    switch = device(think_s=0.5)
    with logged_in(switch) as terminal:
        terminal.send(b"display version\n")
        assert terminal.until(b"\n") == b"display version\r\n"
        terminal.send(b"display interface brief\n")
        assert terminal.is_silent(0.2)
        got = terminal.until("上联\r\n<sw>".encode())
    assert got.startswith(b"Version 1\r\n")


def test_what_is_typed_without_enter_is_recorded_too() -> None:
    switch = device()
    with logged_in(switch) as terminal:
        terminal.send(b"reboot")
        terminal.until(b"reboot")
    assert switch.record == [b"reboot"]
    assert switch.beyond_allowed() == ("reboot",)


def test_ctrl_c_drops_the_line_and_is_recorded() -> None:
    switch = device()
    with logged_in(switch) as terminal:
        terminal.send(b"reboot\x03")
        assert terminal.until(b"<sw>") == b"reboot\r\n<sw>"
    assert switch.beyond_allowed() == ("reboot\x03",)
