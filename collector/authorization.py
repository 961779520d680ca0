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
    record = recorded(site, devices)
    closed = _closed(record, now)
    if closed:
        raise AuthorizationError(f"site {site.name}: authorisation {record.reference} {closed}")
    return record


def recorded(site: Site, devices: Iterable[str]) -> Authorization:
    """Give the authorisation that names all these devices, whenever it is or was valid.

    Raises AuthorizationError when there is none, or when it does not name every device.
    """
    record = site.authorization
    if record is None:
        raise AuthorizationError(
            f"site {site.name} has no authorisation record: write `authorization` into the inventory "
            "(who permits it, how, from when until when, for which devices)"
        )
    outside = [name for name in devices if not record.covers(name)]
    if outside:
        raise AuthorizationError(
            f"site {site.name}: authorisation {record.reference} does not cover {len(outside)} of the "
            f"selected devices: {', '.join(outside)}"
        )
    return record


def _closed(record: Authorization, now: datetime) -> str:
    """Say why devices may not be touched at `now`; empty when they may."""
    if record.open_at(now):
        return ""
    zone = record.valid_from.tzinfo
    here = now.astimezone(zone).isoformat(sep=" ", timespec="minutes")
    if now < record.valid_from:
        begins = record.valid_from.isoformat(sep=" ", timespec="minutes")
        return f"is not valid yet: it begins at {begins}, now it is {here}"
    assert record.valid_until is not None  # noqa: S101 (a window without an end is never past)
    ended = record.valid_until.astimezone(zone).isoformat(sep=" ", timespec="minutes")
    return f"has ended: it was valid until {ended}, now it is {here}"
