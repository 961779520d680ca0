"""`xunjian problems`, `history` and `verify` through the real command."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from agent.history.store import dump_record, open_history
from checks.record import InspectionRecord
from collector.simulator.device import Account, SimulatedDevice
from tests.agent.command import Ended, command
from tests.agent.place import PASSWORD, Place, place, simulated
from tests.records import device, fault, inspection, lost

RUNS = (
    inspection(
        0, device("sw-1", fault(number="P001"), fault("OPT-001", "XGE1", number="P002")), device("sw-2")
    ),
    inspection(1, device("sw-1", fault(number="P001")), lost("sw-2")),
)


@dataclass
class Data:
    """A data folder whose history has these runs."""

    folder: Path

    def put(self, *records: InspectionRecord) -> None:
        with open_history(self.folder) as history:
            history.record_all(map(dump_record, records))

    def xunjian(self, *arguments: Any) -> Ended:
        return command(*map(str, arguments), "--data", str(self.folder))

    def problems(self, *more: str) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = json.loads(self.xunjian("problems", "list", *more, "--json").out)[
            "problems"
        ]
        return listed


@pytest.fixture
def data(tmp_path: Path) -> Data:
    made = Data(tmp_path / "data")
    made.put(*RUNS)
    return made


def test_what_is_open_is_listed_and_what_is_solved_on_request(data: Data) -> None:
    assert [(p["check"], p["said"]) for p in data.problems()] == [("HW-003", "遗留（第 2 次）")]
    assert [(p["check"], p["state"]) for p in data.problems("--all")] == [
        ("HW-003", "remaining"),
        ("OPT-001", "solved"),
    ]
    shown = data.xunjian("problems", "list")
    assert shown.code == 1
    assert "遗留（第 2 次）" in shown.out


def test_owner_due_date_and_note_are_kept_apart(data: Data) -> None:
    (id_,) = [p["id"] for p in data.problems()]
    assert data.xunjian("problems", "assign", id_, "--owner", "张三", "--due", "2026-06-30").code == 0
    assert data.xunjian("problems", "note", "P001", "--text", "备件已订").code == 0
    assert data.xunjian("problems", "assign", id_, "--owner", "李四").code == 0
    (problem,) = data.problems()
    assert (problem["owner"], problem["due"], problem["note"]) == ("李四", "2026-06-30", "备件已订")
    told = json.loads(data.xunjian("history", "export").out)
    assert [(d["owner"], d["due"]) for d in told["decisions"]] == [("李四", "2026-06-30")]


def test_the_list_comes_back_as_it_was_filled_in(data: Data, tmp_path: Path) -> None:
    run_of_site(data)
    file = tmp_path / "open.xlsx"
    assert data.xunjian("problems", "export", file, "--all").code == 0
    book = openpyxl.load_workbook(file)
    sheet = book["问题跟踪"]
    columns = {cell.value: number for number, cell in enumerate(sheet[1], 1)}
    sheet.cell(2, columns["责任方"], "王五")
    sheet.cell(2, columns["计划日期"], "2026年7月1日")
    sheet.cell(3, columns["备注"], "已换模块")
    sheet.insert_cols(1)
    sheet.cell(1, 1, "客户自己的列")
    book.save(file)
    told = json.loads(data.xunjian("problems", "import", file, "--json").out)
    assert (told["lines"], len(told["changed"])) == (2, 2)
    assert [(p["owner"], p["due"], p["note"]) for p in data.problems("--all")] == [
        ("王五", "2026-07-01", ""),
        ("", None, "已换模块"),
    ]
    again = json.loads(data.xunjian("problems", "import", file, "--json").out)
    assert again["changed"] == []


def run_of_site(data: Data) -> None:
    """A folder of the site, of which the list takes the time zone."""
    from collector.inventory import Device
    from tests.injected import inject, site_of

    inject(data.folder, site_of(Device(name="sw-1", host="192.0.2.1")), RUNS[1].started_at, {"sw-1": None})


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("A2", "Q-00000000", "A2: value 'Q-00000000': site hq has no such problem"),
        ("A2", None, "A2: is empty: must be the id of a problem"),
        ("L2", "next week", "L2: value 'next week': must be a date like 2026-06-30"),
        ("A1", "Nummer", "row 1: has no column 问题编号"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_taken_over(
    data: Data, tmp_path: Path, cell: str, value: str | None, said: str
) -> None:
    run_of_site(data)
    file = tmp_path / "open.xlsx"
    data.xunjian("problems", "export", file)
    book = openpyxl.load_workbook(file)
    book["问题跟踪"]["K2"] = "张三"
    book["问题跟踪"][cell] = value
    book.save(file)
    ended = data.xunjian("problems", "import", file)
    assert ended.code == 2
    assert said in ended.err
    assert data.problems()[0]["owner"] == ""


def test_what_does_not_exist_is_one_error(data: Data, tmp_path: Path) -> None:
    for arguments, said in (
        (("problems", "assign", "Q-none", "--owner", "x"), "no such problem: Q-none"),
        (("problems", "list", "--site", "mars"), "inspections are remembered of: hq"),
        (("problems", "import", tmp_path / "none.xlsx"), "no Excel workbook"),
        (("history", "show", "none"), "no run none is remembered"),
        (("history", "device", "sw-9", "--site", "hq"), "no inspection of a device sw-9"),
        (("history", "metric", "sw-1", "colour", "--site", "hq"), "no metric colour; known are cpu_pct"),
        (("history", "metric", "sw-2", "memory_pct", "--site", "hq"), "no value of memory_pct"),
        (("history", "list", "--history", "nonsense"), "no URL of a database"),
    ):
        ended = data.xunjian(*arguments)
        assert ended.code == 2, arguments
        assert said in ended.err


def test_the_history_is_told(data: Data) -> None:
    runs = json.loads(data.xunjian("history", "list", "--json").out)["runs"]
    assert [run["id"] for run in runs] == [RUNS[1].run_id, RUNS[0].run_id]
    newest = json.loads(data.xunjian("history", "list", "--last", "1", "--json").out)["runs"]
    assert newest == runs[:1]
    shown = json.loads(data.xunjian("history", "show", RUNS[0].run_id, "--json").out)
    assert [d["name"] for d in shown["devices"]] == ["sw-1", "sw-2"]
    one = json.loads(data.xunjian("history", "device", "sw-1", "--site", "hq", "--json").out)
    assert [(p["check"], p["state"]) for p in one["problems"]] == [
        ("HW-003", "remaining"),
        ("OPT-001", "solved"),
    ]
    values = json.loads(data.xunjian("history", "metric", "sw-1", "cpu_pct", "--site", "hq", "--json").out)[
        "values"
    ]
    assert [v["value"] for v in values] == [12.5, 12.5]
    for arguments in (("list",), ("show", RUNS[0].run_id), ("device", "sw-1", "--site", "hq")):
        assert data.xunjian("history", *arguments).code == 0
    assert "cpu" in data.xunjian("history", "metric", "sw-1", "cpu_pct", "--site", "hq").out.lower()


def test_the_environment_names_the_store(data: Data, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'other.sqlite'}"
    told = command("history", "list", "--json", "--data", str(data.folder), XUNJIAN_HISTORY=url)
    assert json.loads(told.out)["runs"] == []
    assert (tmp_path / "other.sqlite").exists()


# --- 复查 ----------------------------------------------------------------------------------------

SWITCH = "demo-agg-w1"
FAN = "display device fan"


@pytest.fixture
def live(tmp_path: Path) -> Iterator[tuple[Place, SimulatedDevice]]:
    switch = simulated(SWITCH)
    for made in place(tmp_path, switch):
        yield made, switch


def on(made: Place, *arguments: str) -> Ended:
    known = ("--known-hosts", str(made.folder / "known_hosts"), "--data", str(made.folder / "data"))
    return command(*arguments, "-i", str(made.inventory), *known, XJ_TEST_PASSWORD=PASSWORD)


def test_only_what_is_asked_is_asked_again(live: tuple[Place, SimulatedDevice]) -> None:
    made, switch = live
    scanned = on(made, "scan", "--check", "HW-001", "--check", "HW-003", "--json")
    run = json.loads(scanned.out)["run"]
    data = Data(made.folder / "data")
    (fan,) = [p for p in data.problems() if p["check"] == "HW-003"]
    remains = on(made, "verify", run, "--problem", fan["number"], "--json")
    assert remains.code == 1
    assert json.loads(remains.out)["results"] == {fan["id"]: "remains"}
    assert data.problems()[0]["said"] == "遗留（第 2 次）"

    outputs = dict(switch.outputs)
    outputs[FAN] = outputs[FAN].replace("Abnormal", "Normal  ")
    switch.outputs = outputs
    solved = on(made, "verify", run, "--problem", fan["id"], "--json")
    assert solved.code == 0
    assert json.loads(solved.out)["results"] == {fan["id"]: "solved"}
    last = sorted((made.folder / "data" / "runs").iterdir())[-1]
    asked = {path.stem for path in (last / "captures" / SWITCH).iterdir()}
    assert "display_device_fan" in asked
    assert "display_device_power" not in asked
    assert "display_interface" not in asked


def test_a_device_that_is_not_reached_solves_nothing(live: tuple[Place, SimulatedDevice]) -> None:
    made, switch = live
    run = json.loads(on(made, "scan", "--check", "HW-003", "--json").out)["run"]
    (fan,) = Data(made.folder / "data").problems()
    switch.accounts = (Account(username="inspector", password="another"),)
    ended = on(made, "verify", run, "--problem", fan["id"], "--json")
    assert ended.code == 3
    assert json.loads(ended.out)["results"] == {fan["id"]: "not looked at"}
    nothing = on(made, "verify", run, "--problem", "Q-none")
    assert nothing.code == 2
    assert "no such problem: Q-none" in nothing.err
