"""Storage of the device: free space and what lies about on it."""

from collections.abc import Mapping
from typing import Any

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, not_applicable, not_assessed, passed
from parsers.facts import FileSystem, Reason

MB = 1024 * 1024


@check("HW-012", "filesystems")
def free_space(context: Context) -> list[Result]:
    """Each storage that the device lists: the share that is free."""
    rows = value_of(context.facts.filesystems)
    return [_free(row, context.params) for row in rows] or [not_applicable("设备没有列出存储介质")]


def _free(row: FileSystem, params: Mapping[str, Any]) -> Result:
    object_ = f"{row.location} {row.name}".strip()
    if not row.total_bytes:
        return not_assessed(Reason.UNSUPPORTED, "设备没有给出总容量，无法核算剩余比例", object_, row.seen)
    pct = 100 * row.free_bytes / row.total_bytes
    said = f"剩余 {row.free_bytes / MB:.0f} MB，占总容量 {row.total_bytes / MB:.0f} MB 的 {pct:.1f}%"
    levels = (("free_crit_pct", Severity.MAJOR, "重要"), ("free_warn_pct", Severity.MINOR, "一般"))
    for name, severity, word in levels:
        if pct <= params[name]:
            return failed(object_, severity, f"{said}，不高于{word}门限 {params[name]:g}%", row.seen)
    return passed(object_, f"{said}，高于门限 {params['free_warn_pct']:g}%", row.seen)
