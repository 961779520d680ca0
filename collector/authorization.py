"""Whether the customer permits this run, asked before any device is touched."""

from collections.abc import Iterable
from datetime import datetime

from collector.errors import AuthorizationError
from collector.inventory import Authorization, Site


def permitted(site: Site, devices: Iterable[str], now: datetime) -> Authorization:
    """Give the authorisation under which all these devices may be touched at `now` (aware).

    Raises AuthorizationError when there is no record, when `now` is outside its window, or when it
    does not name every device; the message names them all.
    """
    record = site.authorization
    if record is None:
        raise AuthorizationError(
            f"局点 {site.name} 没有授权记录：请在设备清单中填写 authorization"
            "（何人、以何种方式、在何时段、准许哪些设备）"
        )
    closed = window_problem(record, now)
    if closed:
        raise AuthorizationError(f"局点 {site.name} 的授权（{record.reference}）{closed}")
    outside = [name for name in devices if not record.covers(name)]
    if outside:
        raise AuthorizationError(
            f"局点 {site.name} 的授权（{record.reference}）不包含以下 {len(outside)} 台设备："
            f"{'、'.join(outside)}"
        )
    return record


def window_problem(record: Authorization, now: datetime) -> str:
    """Say why devices may not be touched at `now`; empty when they may."""
    if record.open_at(now):
        return ""
    zone = record.valid_from.tzinfo
    here = now.astimezone(zone).isoformat(sep=" ", timespec="minutes")
    if now < record.valid_from:
        begins = record.valid_from.isoformat(sep=" ", timespec="minutes")
        return f"尚未生效：{begins} 开始，现在是 {here}"
    assert record.valid_until is not None  # noqa: S101 (a window without an end is never past)
    ended = record.valid_until.astimezone(zone).isoformat(sep=" ", timespec="minutes")
    return f"已过期：{ended} 截止，现在是 {here}"
