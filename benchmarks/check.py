"""How quickly many devices are judged by all checks, from facts that a run has stored.

    python benchmarks/check.py [DEVICES ...]

The demo site over and over: each time with names, addresses, MAC addresses and serial numbers of its own, all
in one site, so that checks across devices have something to do. Facts are read from their files and judged
with the default baseline, the demo's advisories and the same facts a month ago; nothing is kept from one
number of devices to the next. Without numbers: 1,000, 2,000, 5,000 and 10,000. Times are on the clock and of
the processor.
"""

import resource
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

from baselines.advisories.collection import demo
from baselines.baseline import load_baseline
from checks.assembly import Collected, RunRecord, build_inspection
from checks.evaluation import VersionJudge
from checks.evidence import Output
from checks.inspection import Inspection
from checks.registry import CHECKS
from collector.capture import Capture, CaptureStatus
from collector.inventory import Authorization, Device, Expected, Site
from collector.platform import Platform, platforms
from collector.simulator.device import load_outputs
from collector.simulator.site import DEMO, PlannedDevice, SitePlan, load_plan
from collector.simulator.texts import render
from parsers.garbage import no_search
from parsers.reader import read_facts
from parsers.stored_facts import dump_facts, load_facts
from parsers.text import clean

NOW = datetime(2026, 3, 1, 4, 5, 6, tzinfo=UTC)
MONTH = timedelta(days=30)
SIZES = (1000, 2000, 5000, 10000)


@dataclass(frozen=True)
class Template:
    """A device of the demo that answers."""

    planned: PlannedDevice
    platform: Platform
    facts: bytes
    """As stored."""
    outputs: Mapping[str, Output]
    """What findings show."""


def templates(plan: SitePlan) -> list[Template]:
    """Every device of the demo to be multiplied."""
    return [
        _template(device, platforms()[device.platform])
        for device in plan.devices
        if device.name not in plan.unreachable
    ]


def _template(planned: PlannedDevice, platform: Platform) -> Template:
    captures = list(_captures(planned.name, platform))
    outputs = {
        c.sha256: Output(lines=clean(c.raw, c.command, platform.prompt), collected_at=NOW) for c in captures
    }
    return Template(planned, platform, dump_facts(read_facts(platform, captures)), outputs)


def _captures(name: str, platform: Platform) -> Iterator[Capture]:
    for command, text in load_outputs(DEMO / name, platform).items():
        refused = any(pattern.search(text) for pattern in platform.refused)
        yield Capture(
            device=name,
            command=command,
            status=CaptureStatus.REFUSED if refused else CaptureStatus.OK,
            raw=render(text, NOW).encode(),
            started_at=NOW,
            elapsed_s=0.2,
        )


def renamed(text: bytes, copy: int) -> bytes:
    """The same device of another copy of the demo."""
    high, low = divmod(copy, 256)
    for old, new in (
        ("demo-", f"s{copy}-"),
        ("192.0.2.", f"10.{high}.{low}."),
        ("198.51.100.", f"10.{100 + high}.{low}."),
        ("203.0.113.", f"10.{200 + high // 2}.{low}."),
        ("0000-5e00-53", f"0000-{copy:04x}-53"),
        ("0000.5e00.53", f"0000.{copy:04x}.53"),
        ("DEMO0000", f"D{copy:07}"),
    ):
        text = text.replace(old.encode(), new.encode())
    return text


def write_site(folder: Path, count: int, kinds: Sequence[Template]) -> Site:
    """Store the facts of so many devices; gives the site they are of."""
    plan = load_plan()
    devices = []
    for number in range(count):
        copy, which = divmod(number, len(kinds))
        name = kinds[which].planned.name
        (folder / f"{number}.json").write_bytes(renamed(kinds[which].facts, copy))
        expect = plan.expect.get(name, Expected())
        devices.append(
            Device(
                name=name.replace("demo-", f"s{copy}-"),
                host=f"127.1.{number >> 8}.{number & 255}",
                role=kinds[which].planned.role,
                expect=Expected.model_validate_json(renamed(expect.model_dump_json().encode(), copy)),
            )
        )
    return Site(name="many", customer="示例客户", devices=tuple(devices), authorization=_authorization())


def _authorization() -> Authorization:
    return Authorization(
        authorized_by="演示联系人",
        method="确认单",
        reference="DEMO-AUTH-0001",
        valid_from=NOW - MONTH,
        valid_until=None,
        devices=("*",),
    )


def judge(folder: Path, site: Site, kinds: Sequence[Template]) -> Inspection:
    """Read the stored facts of all devices and judge them by every check, as a run does."""
    with no_search:
        return _judged(folder, site, kinds)


def _judged(folder: Path, site: Site, kinds: Sequence[Template]) -> Inspection:
    baseline = load_baseline()
    versions = VersionJudge(demo().advisories, baseline, site.name, NOW.date())
    collected = []
    for number, device in enumerate(site.devices):
        facts = load_facts((folder / f"{number}.json").read_bytes())
        kind = kinds[number % len(kinds)]
        exposures, evaluation = versions.of(device, kind.platform, facts)
        collected.append(
            Collected(
                device=device,
                platform=kind.platform,
                collected_at=NOW,
                facts=facts,
                outputs=kind.outputs,
                exposures=exposures,
                evaluation=evaluation,
                previous=facts,
                previous_at=NOW - MONTH,
            )
        )
    record = RunRecord(
        run_id="many",
        kind="例行",
        site=site,
        authorization=site.authorization,
        started_at=NOW,
        ended_at=NOW,
        interrupted="",
        engineer="",
        tool_version="",
    )
    return build_inspection(record, collected, checks=CHECKS, baseline=baseline)


def main(sizes: list[int]) -> None:
    """Print a row per number of devices."""
    kinds = templates(load_plan())
    print("| devices | s | CPU s | CPU ms/device | findings | peak MB |")
    print("|---|---|---|---|---|---|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            site = write_site(folder, size, kinds)
            clock, cpu = perf_counter(), process_time()
            inspection = judge(folder, site, kinds)
            clock, cpu = perf_counter() - clock, process_time() - cpu
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"| {size} | {clock:.1f} | {cpu:.1f} | {1000 * cpu / size:.1f} "
                f"| {len(inspection.findings)} | {peak:.0f} |"
            )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
