"""What has changed since the last inspection of each device, for the report."""

from collections.abc import Iterator, Sequence

from agent.history.recording import Earlier
from agent.previous import Previous
from baselines.comparing import load_comparison_rules
from checks.assembly import Collected
from checks.comparison import Comparison, Inspected, Side, compare, known_fields
from checks.inspection import Inspection
from checks.record import DeviceRecord, InspectionRecord
from checks.remembering import record_of
from parsers.facts import Facts
from parsers.stored_facts import masked


def since_last(
    inspection: Inspection, collected: Sequence[Collected], previous: Previous, earlier: Earlier
) -> Comparison | None:
    """Compare every device with its last inspection; None where no device has one.

    Devices that the newest inspection before had reached and that are lost or gone now are told too.
    """
    newest = previous.newest
    if newest is None:
        return None
    now = record_of(inspection)
    found = {device.name: device for device in now.devices}
    checks = tuple(inspection.texts)
    after = Side(
        run_id=now.run_id,
        site=now.site,
        at=now.started_at,
        devices=tuple(_now(each, found[each.device.name], checks) for each in collected),
        inventory=now.inventory,
    )
    records = {record.run_id: record for record in earlier.records}
    known = tuple(_then(collected, records))
    taken = {each.name for each in known}
    lost = {each.device.name for each in collected if each.reason is not None}
    # Of those no more is asked than that they were reached then.
    others = [
        Inspected(name=name, facts=Facts())
        for name in newest.outcomes
        if name in lost or (name not in taken and name not in now.inventory)
    ]
    told = taken | {each.name for each in others}
    # One that was not reached then either has not come into the site since.
    missed = (
        Inspected(name=name, facts=None, why="没有取得数据")
        for name in newest.plan.devices
        if name not in told and name in found
    )
    before = Side(
        run_id=newest.plan.run_id,
        site=newest.plan.site.name,
        at=newest.plan.created_at,
        devices=(*known, *others, *missed),
        inventory=tuple(device.name for device in newest.plan.site.devices),
    )
    return compare(before, after, load_comparison_rules(None, known_fields()))


def _now(each: Collected, record: DeviceRecord, checks: tuple[str, ...]) -> Inspected:
    if each.reason is not None:
        return Inspected(name=each.device.name, facts=None, why=each.detail)
    return Inspected(name=each.device.name, facts=masked(each.facts), record=record, checks=checks)


def _then(collected: Sequence[Collected], records: dict[str, InspectionRecord]) -> Iterator[Inspected]:
    for each in collected:
        last = each.previous_run
        if each.previous is not None and last is not None:
            run = records.get(last.run_id)
            found = [] if run is None else [device for device in run.devices if device.name == last.name]
            yield Inspected(
                name=last.name,
                facts=each.previous,
                record=found[0] if found else None,
                checks=() if run is None else run.checks,
            )
