"""Saying which inspection before this one the devices were compared with."""

from collections import Counter

from checks.inspection import Inspection
from reports.labels import FIRST_INSPECTION, day


def basis(inspection: Inspection) -> str:
    """Name the run before, and how many devices have an older one or none."""
    runs: Counter[tuple[str, str]] = Counter()
    first = 0
    for report in inspection.reached:
        if report.previous is None:
            first += 1
        else:
            runs[day(report.previous.planned_at, inspection.site.zone), report.previous.run_id] += 1
    if not runs:
        return FIRST_INSPECTION
    newest, *older = sorted(runs, reverse=True)
    said = [f"与上次巡检 {newest[1]}（{newest[0]}）对比"]
    said += [f"{runs[each]} 台与更早的 {each[1]}（{each[0]}）对比" for each in older]
    said += [f"{first} 台首次巡检，无对比"] if first else []
    return "，".join(said)
