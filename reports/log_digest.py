"""The digest of logs as rows, for the report and the workbook."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from checks.inspection import DeviceReport, Inspection
from checks.log_digest import KIND_WORDS, EventCount, LogDigest, digest, related
from reports.labels import NONE, device_moment
from reports.sheets import Row

WINDOW = timedelta(days=30)
"""Before the newest record of each device."""
MOST_INTERFACES = 3
EVENT_HEADER = ("级别", "事件", "类别", "含义", "次数", "首次", "最近", "接口", "相关问题")


def digest_of(report: DeviceReport) -> LogDigest | None:
    """Sum up one device's log; None where it is not known or empty."""
    return digest(report.facts, report.platform or "", window=WINDOW)


def event_rows(inspection: Inspection, report: DeviceReport) -> Iterator[Sequence[str]]:
    """One row per kind of event, the severest and most frequent first; times as the device has them."""
    found = digest_of(report)
    if found is None:
        return
    for event in found.events:
        yield (
            str(event.severity),
            event.mnemonic,
            KIND_WORDS[event.kind] if event.kind else NONE,
            event.meaning,
            str(event.count),
            device_moment(event.first),
            device_moment(event.last),
            _interfaces(event, found.flaps),
            "、".join(related(event, report.device.name, inspection)) or NONE,
        )


def _interfaces(event: EventCount, flaps: Mapping[str, int]) -> str:
    """The most frequent interfaces; behind each how often the state of its link changed in all."""
    names = event.interfaces[:MOST_INTERFACES]
    counted = event.kind == "link"
    said = "、".join(f"{name}（共 {flaps[name]} 次）" if counted else name for name in names)
    hidden = len(event.interfaces) - len(names)
    return f"{said} 等 {len(event.interfaces)} 个" if hidden else said or NONE


def digest_rows(inspection: Inspection) -> list[Row]:
    """Rows of the workbook's sheet: device in front."""
    return [
        (report.device.name, *row) for report in inspection.devices for row in event_rows(inspection, report)
    ]
