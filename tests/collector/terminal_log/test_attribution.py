"""Which device and command an answer belongs to; what belongs to none is listed."""

import os
from pathlib import Path

import pytest

from collector.capture import CaptureStatus
from collector.platform import platforms
from collector.run_record import OutcomeReason
from collector.terminal import decode
from collector.terminal_log import read_logs
from collector.terminal_log.commands import named, resolve
from collector.terminal_log.devices import Fate
from tests.collector.terminal_log.recorded import (
    ANSWERS,
    CHINA,
    CLOCK,
    CONFIG,
    FANS,
    INOS_VERSION,
    VERSION,
    VRP_VERSION,
    answers,
    by_command,
    only,
    read,
    session,
    stamped,
    tidy,
)

CORPUS = os.environ.get("XUNJIAN_CORPUS")
RULE = "=" * 48
DUMP = "".join(f"{RULE}\n  ==============={c}===============\n{ANSWERS[c]}" for c in ANSWERS)


@pytest.mark.parametrize(
    ("platform", "typed", "command"),
    [
        ("h3c_comware7", "dis cur", "display current-configuration"),
        ("h3c_comware7", "dis ver", "display version"),
        ("h3c_comware7", "dis int", "display interface"),
        ("h3c_comware7", "dis int bri", None),
        ("h3c_comware7", "display version | include uptime", None),
        ("h3c_comware7", "display version | no-more", "display version"),
        ("h3c_comware7", "display  version ", "display version"),
        ("h3c_comware7", "dis", None),
        ("h3c_comware7", "", None),
        ("h3c_comware7", "undo display version", None),
        ("h3c_comware7", "dis ntp-service stat", "display ntp-service status"),
        ("inspur_inos_cn", "sh ver", "show version"),
        ("inspur_inos_cn", "sh run", "show running-config"),
        ("inspur_inos_cn", "do sh vpc", "show vpc"),
        ("inspur_inos_cn", "do", None),
        ("inspur_inos_cn", "dis ver", None),
        ("huawei_vrp8", "dis saved", "display saved-configuration"),
    ],
)
def test_short_commands(platform: str, typed: str, command: str | None) -> None:
    assert resolve(typed, platforms()[platform]) == command


@pytest.mark.parametrize("platform", sorted(platforms()))
def test_what_fits_two_commands_is_neither(platform: str) -> None:
    known = platforms()[platform]
    for command in known.commands():
        assert resolve(command, known) == command
        for length in range(1, len(command)):
            meant = resolve(command[:length], known)
            assert meant is None or all(
                full.startswith(word)
                for word, full in zip(command[:length].split(), meant.split(), strict=True)
            )


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("core/display_version.txt", ("core", "display version")),
        ("a.zip/core/display version.log", ("core", "display version")),
        ("core-1_display_cpu-usage.txt", ("core-1", "display cpu-usage")),
        ("core 1-show running-config.TXT", ("core 1", "show running-config")),
        ("display_version.txt", ("", "display version")),
        ("core/display_versions.txt", None),
        ("core.log", None),
        ("", None),
    ],
)
def test_names_of_files(path: str, told: tuple[str, str] | None) -> None:
    assert named(path) == told


def test_one_answer_per_file(tmp_path: Path) -> None:
    files = {f"core-1/{command.replace(' ', '_')}.txt": text for command, text in ANSWERS.items()}
    assert answers(only(read(tmp_path, files))) == tidy(ANSWERS)


def test_one_answer_per_file_with_echo_and_prompt(tmp_path: Path) -> None:
    files = {f"{n}.txt": f"{c}\n{text}<core-1>" for n, (c, text) in enumerate(ANSWERS.items())}
    device = only(read(tmp_path, files))
    assert device.name == "core-1"
    assert answers(device) == tidy(ANSWERS)


def test_one_answer_per_file_of_a_device_that_the_engineer_names(tmp_path: Path) -> None:
    files = {f"{command}.txt": f"{command}\n{text}" for command, text in ANSWERS.items()}
    logs = read_logs([_written(tmp_path, files)], configured={}, nameless="core-9", zone=CHINA)
    device = only(logs)
    assert device.name == "core-9"
    assert answers(device) == tidy(ANSWERS)


def _written(folder: Path, files: dict[str, str]) -> Path:
    (folder / "logs").mkdir()
    for name, text in files.items():
        (folder / "logs" / name).write_text(text, "utf-8")
    return folder / "logs"


@pytest.mark.parametrize("dump", ["in a session", "a file of its own", "quoted", "dashed"])
def test_dumps_of_many_commands(tmp_path: Path, dump: str) -> None:
    text = {
        "in a session": f"<core-1>display diagnostic-information\n{DUMP}<core-1>\n",
        "a file of its own": DUMP + f"{RULE}\n  ===============display device===============\n",
        "quoted": "".join(f"`{c}`\n{ANSWERS[c]}" for c in ANSWERS) + "`display device`\n",
        "dashed": "".join(f"-------- {c} --------\n{ANSWERS[c]}" for c in ANSWERS)
        + "---- display device ----\n",
    }[dump]
    device = only(read(tmp_path, {"diag.txt": text}, nameless="core-1"))
    assert answers(device) == tidy(ANSWERS) | ({} if dump == "in a session" else {"display device": ""})
    assert {c.status for c in device.captures if c.command in ANSWERS} == {CaptureStatus.OK}


def test_the_last_section_of_a_dump_without_an_end_is_not_whole(tmp_path: Path) -> None:
    device = only(read(tmp_path, {"diag.txt": DUMP}, nameless="core-1"))
    statuses = {c.command: c.status for c in device.captures}
    assert statuses.pop("display current-configuration") is CaptureStatus.CUT
    assert set(statuses.values()) == {CaptureStatus.OK}


def test_a_dump_with_a_configuration_tells_its_device(tmp_path: Path) -> None:
    assert only(read(tmp_path, {"diag.txt": DUMP})).name == "core-1"


def test_a_dump_of_nobody_knows_which_device_is_listed(tmp_path: Path) -> None:
    logs = read(tmp_path, {"diag.txt": DUMP.replace("sysname", "#")})
    assert logs.devices == ()
    assert {piece.typed for piece in logs.unattributed} >= ANSWERS.keys()
    assert {piece.fate for piece in logs.unattributed} == {Fate.UNATTRIBUTED}


def test_several_devices_in_one_file(tmp_path: Path) -> None:
    log = (
        session({"display version": VERSION, "display clock": CLOCK}).rstrip("\n")
        + "stelnet 192.0.2.5\nTrying 192.0.2.5 ...\n\n"
        + session(
            {"display version": VRP_VERSION, "display clock": "2026-11-20 16:00:00\n"}, "<acc-1>"
        ).rstrip("\n")
        + "quit\nThe connection was closed by the remote host.\n"
        + session({"display fan": FANS})
        + session({"show version": INOS_VERSION}, "srv-1#")
    )
    logs = read(tmp_path, {"a.log": log})
    assert {d.name: d.platform.id if d.platform else None for d in logs.devices} == {
        "core-1": "h3c_comware7",
        "acc-1": "huawei_vrp5",
        "srv-1": "inspur_inos_cn",
    }
    core, acc, srv = logs.devices
    assert answers(core) == tidy({"display version": VERSION, "display clock": CLOCK, "display fan": FANS})
    assert by_command(acc).keys() == {"display version", "display clock"}
    assert answers(srv) == tidy({"show version": INOS_VERSION})


def test_one_device_over_several_files(tmp_path: Path) -> None:
    files = {f"{n}.log": session({c: text}) for n, (c, text) in enumerate(ANSWERS.items())}
    device = only(read(tmp_path, files))
    assert answers(device) == tidy(ANSWERS)
    assert len(device.files) == len(ANSWERS)


def test_of_repeated_commands_the_last_whole_one_wins(tmp_path: Path) -> None:
    better = FANS.replace("Fault", "Normal")
    log = (
        session({"display version": VERSION})
        + session({"display fan": FANS})
        + session({"display fan": better})
    )
    cut = session({"display fan": FANS}).splitlines(keepends=True)[:2]
    device = only(read(tmp_path, {"a.log": log + "".join(cut)}))
    assert answers(device)["display fan"] == tidy({"": better})[""]
    fates = [piece.fate for piece in device.pieces if piece.command == "display fan"]
    assert sorted(fates) == ["repeated", "repeated", "used"]


PORT = "GigabitEthernet1/0/1\nCurrent state: UP\n"


@pytest.mark.parametrize(
    ("forms", "command", "samples"),
    [
        (("[2026-11-19 16:00:00] ", "[2026-11-20 16:00:00] "), "display interface", 1),
        (("[2026-11-19 16:00:00] ", "[2026-11-20 16:00:00] "), "display fan", 0),
        (("", ""), "display interface", 0),
        (("[2026-11-20 16:00:00] ", "[2026-11-20 16:00:00] "), "display interface", 0),
    ],
    ids=["counters", "no counters", "no times", "one time"],
)
def test_of_repeated_counters_the_first_is_kept_to_compare_with(
    tmp_path: Path, forms: tuple[str, str], command: str, samples: int
) -> None:
    old = stamped(session({"display version": VERSION, command: PORT}), forms[0])
    new = stamped(session({command: PORT.replace("UP", "DOWN")}), forms[1])
    device = only(read(tmp_path, {"a.log": old + new}))
    earlier = [capture for capture in device.captures if capture.earlier]
    assert len(earlier) == samples
    assert all(capture.command == command and b"UP" in capture.raw for capture in earlier)
    assert "DOWN" in answers(device)[command]


def test_of_two_files_the_later_one_wins_whatever_their_order(tmp_path: Path) -> None:
    old = stamped(session({"display version": VERSION, "display fan": FANS}), "[2026-11-19 16:00:00] ")
    new = stamped(session({"display fan": FANS.replace("Fault", "Absent")}))
    for files in ({"old.log": old, "new.log": new}, {"new.log": new, "old.log": old}):
        assert "Absent" in answers(only(read(tmp_path, files)))["display fan"]


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("                 ^\n % Unrecognized command found at '^' position.\n", CaptureStatus.REFUSED),
        ("Permission denied.\n", CaptureStatus.NO_PRIVILEGE),
    ],
)
def test_refusals_are_refusals(tmp_path: Path, said: str, status: CaptureStatus) -> None:
    device = only(read(tmp_path, {"a.log": session({"display version": VERSION, "display fan": said})}))
    assert by_command(device)["display fan"].status is status


def test_an_answer_wins_over_a_refusal(tmp_path: Path) -> None:
    log = session({"display version": VERSION, "display fan": FANS}) + session(
        {"display fan": "Permission denied.\n"}
    )
    assert by_command(only(read(tmp_path, {"a.log": log})))["display fan"].status is CaptureStatus.OK


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (session({"display fan": FANS}), "没有 display version"),
        (session({"display version": "Cisco IOS Software, Version 15.2\n"}), "思科 IOS"),
        (session({"display version": "nothing known\n"}), "无法识别"),
    ],
)
def test_a_device_of_unknown_platform_is_listed_with_all_it_said(
    tmp_path: Path, text: str, says: str
) -> None:
    device = only(read(tmp_path, {"a.log": text}))
    assert (device.platform, device.reason, device.captures) == (None, OutcomeReason.UNSUPPORTED, ())
    assert says in device.detail
    assert {piece.fate for piece in device.pieces} == {Fate.UNRECOGNISED}


def test_commands_of_one_platform_only_tell_it(tmp_path: Path) -> None:
    mine, *others = sorted(platforms().values(), key=lambda platform: platform.id != "h3c_comware7")
    elsewhere = {command for platform in others for command in platform.commands()}
    only_there = [command for command in mine.commands() if command not in elsewhere]
    device = only(read(tmp_path, {"a.log": session(dict.fromkeys(only_there[:2], "x\n"))}))
    assert device.platform is mine
    assert "推定" in device.detail
    alone = only(read(tmp_path, {"b.log": session({only_there[0]: "x\n"})}))
    assert alone.reason is OutcomeReason.UNSUPPORTED


def test_the_inventory_tells_the_platform_when_the_log_does_not(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_text(session({"display fan": FANS}), "utf-8")
    device = only(read_logs([path], configured={"CORE-1": "huawei_vrp5"}, zone=CHINA))
    assert device.platform is not None
    assert device.platform.id == "huawei_vrp5"
    assert "按设备清单" in device.detail


def test_the_inventory_does_not_overrule_the_device(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_text(session(ANSWERS), "utf-8")
    device = only(read_logs([path], configured={"core-1": "huawei_vrp5"}, zone=CHINA))
    assert (device.platform, device.reason) == (None, OutcomeReason.UNSUPPORTED)
    assert "huawei_vrp5" in device.detail


NAMESAKES = {
    "of another model": ("core-1", VERSION.replace("S6520X", "S5130S")),
    "with the factory's name": ("H3C", VERSION),
}


@pytest.mark.parametrize("case", NAMESAKES)
def test_namesakes_are_not_mixed(tmp_path: Path, case: str) -> None:
    name, second = NAMESAKES[case]
    files = {
        "a.log": session({"display version": VERSION, "display fan": FANS}, f"<{name}>"),
        "b.log": session({"display version": second, "display clock": CLOCK}, f"<{name}>"),
    }
    device = only(read(tmp_path, files))
    assert (device.platform, device.reason, device.captures) == (None, OutcomeReason.NOT_COLLECTED, ())
    assert {piece.fate for piece in device.pieces} == {Fate.DOUBTFUL}


def test_the_same_device_asked_on_another_day_is_no_namesake(tmp_path: Path) -> None:
    later = VERSION.replace("3 weeks, 1 day", "4 weeks, 2 days")
    files = {
        "a.log": session({"display version": VERSION}),
        "b.log": session(ANSWERS | {"display version": later}),
    }
    assert only(read(tmp_path, files)).reason is None


def test_what_belongs_to_nothing_is_listed(tmp_path: Path) -> None:
    log = "a banner\nof two lines\n" + session(ANSWERS).replace(
        "<core-1>display fan", "<core-1>\nnoise\n<core-1>display fan"
    )
    logs = read(
        tmp_path, {"a.log": log + "<core-1>display vlan\n1 2 3\n<core-1>\n", "b.jpg": b"\x00\x01\x02" * 99}
    )
    assert [(p.file.rpartition("/")[2], p.first_line, p.last_line, p.typed) for p in logs.unattributed] == [
        ("a.log", 1, 2, "a banner"),
        (
            "a.log",
            log[: log.index("noise")].count("\n") + 1,
            log[: log.index("noise")].count("\n") + 1,
            "noise",
        ),
        ("b.jpg", 0, 0, "（不是文本文件）"),
    ]
    (unused,) = [piece for piece in only(logs).pieces if piece.fate is Fate.NOT_ASKED_FOR]
    assert (unused.typed, unused.device) == ("display vlan", "core-1")


def test_configuration_that_looks_like_prompts_is_configuration(tmp_path: Path) -> None:
    config = CONFIG.replace(
        "vlan 1\n", "header login %\n<notice> display at your own risk\n[V200R019C10SPC500]\n%\nvlan 1\n"
    )
    texts = ANSWERS | {"display current-configuration": config}
    assert answers(only(read(tmp_path, {"a.log": session(texts)}))) == tidy(texts)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chinese_names(tmp_path: Path, encoding: str) -> None:
    texts = {"display version": VRP_VERSION, "display interface": "Description:一号楼\n"}
    device = only(read(tmp_path, {"a.log": session(texts, "<核心-1>").encode(encoding)}))
    assert device.name == "核心-1"
    assert answers(device) == tidy(texts)
    assert {decode(c.raw).rpartition("\n")[2] for c in device.captures} == {"<核心-1>"}


def test_what_stands_before_the_first_time_in_a_file_is_not_later_than_the_rest(tmp_path: Path) -> None:
    head = "=~=~=~=~= PuTTY log 2026.11.20 16:00:00 =~=~=~=~=\n"
    better = FANS.replace("Fault", "Normal")
    log = session({"display version": VERSION, "display fan": FANS}) + head + session({"display fan": better})
    assert answers(only(read(tmp_path, {"a.log": log})))["display fan"] == tidy({"": better})[""]


@pytest.mark.skipif(CORPUS is None, reason="XUNJIAN_CORPUS names no folder of real outputs")
def test_real_dumps_raise_nothing() -> None:
    folder = Path(CORPUS or "") / "h3c_comware" / "display_diagnostic_information"
    logs = read_logs(sorted(folder.glob("*.txt")), configured={}, nameless="core-1", zone=CHINA)
    typed = {piece.typed for piece in logs.pieces}
    assert {"display clock", "display version"} <= typed
