"""Two inspections of one site compared: their devices paired, and each pair compared."""

from collections.abc import Iterator, Mapping
from typing import Literal

from baselines.comparing import ComparisonRules
from checks.comparison.device import compare_device
from checks.comparison.difference import WHOLE_DEVICE, Change, Comparison, Gap
from checks.comparison.found import PRESENCE, Found
from checks.comparison.rows import KINDS
from checks.comparison.sides import Inspected, Side
from checks.comparison.things import changed
from checks.identity import serial_numbers


def known_fields() -> dict[str, tuple[str, ...]]:
    """Name every kind that is compared and its fields, as rules name them."""
    fields = {kind.name: tuple(kind.fields) for kind in KINDS}
    return {
        "devices": ("inspected", "name"),
        **fields,
        "configuration": (),
        "logs": (),
        "findings": ("severity",),
    }


def compare(before: Side, after: Side, rules: ComparisonRules) -> Comparison:
    """Compare two inspections; pure. Raises ValueError when they are of two sites, or one and the same."""
    if before.site != after.site:
        raise ValueError(f"{before.run_id} is of site {before.site}, {after.run_id} of {after.site}")
    if before.run_id == after.run_id:
        raise ValueError(f"{before.run_id} cannot be compared with itself")
    found = Found(rules)
    compared = 0
    for old, new in _pairs(before, after):
        if old is None or new is None:
            _one_sided(old, new, found)
        elif old.facts is None or new.facts is None:
            _not_inspected(old, new, found)
        else:
            compared += 1
            compare_device(old, new, old.facts, new.facts, found)
    return Comparison(
        site=after.site,
        before=before.run_id,
        after=after.run_id,
        before_at=before.at,
        after_at=after.at,
        devices=compared,
        changes=tuple(found.changes),
        unchanged=found.unchanged,
        gaps=tuple(found.gaps),
    )


def _pairs(before: Side, after: Side) -> Iterator[tuple[Inspected | None, Inspected | None]]:
    """Each device of either side once: by name, else by serial number where both names are new or gone."""
    old = {device.name: device for device in before.devices}
    new = {device.name: device for device in after.devices}
    alone = {n: d for n, d in old.items() if n not in new and n not in after.inventory}
    for device in after.devices:
        partner = old.get(device.name)
        if partner is None and device.name not in before.inventory:
            partner = _same_hardware(device, alone)
            if partner is not None:
                del alone[partner.name]
        yield partner, device
    taken = {d.name for d in alone.values()}
    yield from ((d, None) for n, d in old.items() if n not in new and (n in taken or n in after.inventory))


def _same_hardware(device: Inspected, others: Mapping[str, Inspected]) -> Inspected | None:
    serials = frozenset() if device.facts is None else serial_numbers(device.facts)
    return next(
        (o for o in others.values() if o.facts is not None and serials & serial_numbers(o.facts)), None
    )


def _one_sided(old: Inspected | None, new: Inspected | None, found: Found) -> None:
    present = old or new
    if present is None:
        return
    change: Literal["added", "removed"] = "added" if old is None else "removed"
    said = "在巡检范围内"
    found.add(
        Change(
            device=present.name,
            kind="devices",
            label="设备",
            object="",
            field="",
            change=change,
            before=said if old else "",
            after=said if new else "",
        ),
        PRESENCE,
    )


def _not_inspected(old: Inspected, new: Inspected, found: Found) -> None:
    if (old.facts is None) != (new.facts is None):
        found.add(
            changed(new.name, "devices", "设备", "", "巡检情况", _inspected(old), _inspected(new)),
            "inspected",
        )
    why = "；".join(
        f"{which}未检：{each.why}" for which, each in (("前次", old), ("本次", new)) if each.facts is None
    )
    found.gaps.append(Gap(device=new.name, label=WHOLE_DEVICE, why=why))


def _inspected(device: Inspected) -> str:
    return "已检" if device.facts is not None else "未检"
