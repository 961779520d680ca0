"""How quickly a large history answers: 100 sites of 100 devices with 24 inspections each, on SQLite.

    python benchmarks/history.py [SITES DEVICES RUNS]

Makes the store in a temporary folder and times what people wait for: the best of three, in seconds of
processor time, which other work on the machine does not lengthen. Commands are started anew each time. A
device has up to 8 problems, 5 exposures and 20 measured values per inspection. Also the facts of 1,000
devices, read as a report reads those of the inspection before.
"""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from agent.history import schema
from agent.history.database import writing
from agent.history.recording import MEASURED, Earlier
from agent.history.store import History, dump_record, open_history
from baselines.trend_rules import trend_rules
from checks.exposure import ExposureState
from checks.lifecycle import follow
from checks.metrics import Metric, Sample
from checks.record import DeviceRecord, FoundExposure, FoundProblem, InspectionRecord
from checks.trends import trend
from checks.verdict import Outcome, Severity
from collector.platform import platforms
from collector.profile import ProfileName
from collector.simulator.device import load_outputs
from collector.simulator.site import DEMO
from parsers.reader import read_facts
from parsers.stored_facts import dump_facts, load_facts
from tests.injected import _capture

BEGAN = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
MONTH = timedelta(days=30)
CHECKS = tuple(f"HW-{n:03}" for n in range(1, 60))


def record(site: str, devices: int, month: int) -> InspectionRecord:
    at = BEGAN + month * MONTH
    names = tuple(f"{site}-sw-{n:03}" for n in range(devices))
    return InspectionRecord(
        run_id=f"{at:%Y%m%dT%H%M%SZ}-{site}-0000",
        site=site,
        customer="示例客户",
        kind="例行",
        profile=ProfileName.NORMAL,
        started_at=at,
        ended_at=at + timedelta(minutes=20),
        complete=True,
        interrupted="",
        score=90.0,
        grade="良",
        tool_version="0.1.0",
        checks=CHECKS,
        inventory=names,
        devices=tuple(device(name, number, month) for number, name in enumerate(names)),
    )


def device(name: str, number: int, month: int) -> DeviceRecord:
    """Half of the problems stay, the others come and go."""
    found = [n for n in range(8) if n < 4 or (number + month + n) % 3]
    return DeviceRecord(
        name=name,
        reached=True,
        reason="",
        serials=(f"DEMO-{name}",),
        platform="h3c_comware7",
        model="S5130S-28P-EI",
        version="Release 6328P03",
        collected_at=None,
        score=90.0,
        outcomes={Outcome.PASS: 50, Outcome.FAIL: len(found)},
        ledger={"parsed": 50},
        unsure={},
        problems=tuple(
            FoundProblem(
                check_id=CHECKS[n],
                object=f"slot 1 part {n}",
                severity=Severity.MINOR,
                message="状态 Fault，门限 Normal",
                number=f"P{number * 8 + n:03}",
                accepted=False,
            )
            for n in found
        ),
        exposures=tuple(
            FoundExposure(advisory_id=f"ADV-{n}", state=ExposureState.AFFECTED, severity="高")
            for n in range(5)
        ),
        metrics=tuple(
            Metric(name="rx_power_dbm", object=f"XGE1/0/{n}", value=-5 - (month * n % 7) / 10, limit=-18.0)
            for n in range(20)
        ),
    )


def fill(history: History, sites: int, devices: int, runs: int) -> None:
    """The first site as runs are recorded, the others as copies of it."""
    history.record_all(dump_record(record("site-000", devices, month)) for month in range(runs))
    with writing(history.engine) as connection:
        for number in range(1, sites):
            renamed = {"old": "site-000", "new": f"site-{number:03}", "by": number * devices * runs}
            for statement in COPIES:
                connection.execute(text(statement), renamed)


def _copy(table: str, changed: dict[str, str]) -> str:
    columns = [f'"{column.name}"' for column in schema.METADATA.tables[table].columns]
    values = [changed.get(column.strip('"'), column) for column in columns]
    count = "(SELECT count(*) FROM devices d JOIN runs r ON r.id = d.run_id WHERE r.site = :old)"
    where = {"runs": "site = :old", "devices": f"id <= {count}"}.get(table, f"device_id <= {count}")
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} WHERE {where}"


COPIES = (
    _copy("runs", {"id": "replace(id, :old, :new)", "site": ":new"}),
    _copy(
        "devices",
        {"id": "id + :by", "run_id": "replace(run_id, :old, :new)", "name": "replace(name, :old, :new)"},
    ),
    *(_copy(table, {"device_id": "device_id + :by"}) for table in ("problems", "exposures", "metrics")),
)


def spent() -> float:
    """Seconds of processor time of this process and those that it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def best(work: Callable[[], object], times: int = 3) -> float:
    took = []
    for _ in range(times):
        begun = spent()
        work()
        took.append(spent() - begun)
    return min(took)


def command(data: Path, *arguments: str) -> Callable[[], object]:
    line = [sys.executable, "-c", "from agent.cli import main; main()", *arguments, "--data", str(data)]
    return lambda: subprocess.run(
        line, check=False, stdout=subprocess.DEVNULL, env=os.environ | {"COLUMNS": "160"}
    )


def section(history: History, devices: int, runs: int) -> None:
    """What a report adds of earlier inspections: problems followed, values joined and judged."""
    now = record("site-000", devices, runs)
    before = history.records("site-000", before=now.started_at, measured=MEASURED)
    follow((*before, now))
    earlier, present = Earlier(before), frozenset(now.inventory)
    for each in now.devices:
        series = earlier.series(each.name, frozenset(each.serials), present)
        for metric in each.metrics:
            samples = (*series.get((metric.name, metric.object), ()), Sample(now.started_at, metric.value))
            trend(each.name, metric, samples, trend_rules())


def facts() -> Iterator[bytes]:
    for name, platform in (("demo-core", "h3c_comware7"), ("demo-agg-w1", "huawei_vrp8")):
        outputs = load_outputs(DEMO / name, platforms()[platform])
        captures = [_capture(name, line, text, BEGAN) for line, text in outputs.items()]
        yield dump_facts(read_facts(platforms()[platform], captures))


def main() -> None:
    sites, devices, runs = (int(n) for n in sys.argv[1:4]) if len(sys.argv) > 3 else (100, 100, 24)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with open_history(data) as history:
            print(f"filled in {best(lambda: fill(history, sites, devices, runs), 1):.0f} s")
            size = sum(file.stat().st_size for file in data.iterdir()) / 1e6
            print(f"{sites} sites x {devices} devices x {runs} runs: {size:.0f} MB")
            one = dump_record(record("site-000", devices, runs))
            print(f"one run recorded             {best(lambda: history.record(one)):6.2f}")
            history.forget([record("site-000", devices, runs).run_id])
            print(f"a report's part of it        {best(lambda: section(history, devices, runs)):6.2f}")
        site = ("--site", "site-000")
        for title, arguments in {
            "history list": ("history", "list"),
            "history list --site": ("history", "list", *site),
            "history show": ("history", "show", record("site-000", 1, 0).run_id),
            "history device": ("history", "device", "site-000-sw-000", *site),
            "history metric": ("history", "metric", "site-000-sw-000", "rx_power_dbm", *site),
            "problems list": ("problems", "list", *site),
        }.items():
            print(f"{title:<28} {best(command(data, *arguments)):6.2f}")
    texts = list(facts())
    thousand = best(lambda: [load_facts(text) for _ in range(500) for text in texts])
    print(f"facts of 1,000 devices read  {thousand:6.2f}")


if __name__ == "__main__":
    main()
