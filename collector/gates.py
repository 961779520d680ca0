"""When a site may not be asked what a profile asks: sensitive periods and maintenance windows.

Apart from the authorisation, which says whether it may be touched at all (`authorization.py`).
"""

from datetime import datetime

from collector.errors import AuthorizationError
from collector.inventory import Period, Site
from collector.profile import ProfileName, profiles


def admitted(site: Site, profile: ProfileName, now: datetime, override: str = "") -> None:
    """Return when this profile may run at `now` (aware).

    `override` is the reason for which sensitive periods are passed over; empty: they are not. It opens no
    maintenance window. Raises AuthorizationError, which says what may run now, and when this may.
    """
    period = _sensitive(site, profile, now, override)
    if period is not None:
        raise AuthorizationError(
            f"site {site.name}: sensitive period {_named(site, period)}: until it ends only --profile light "
            "runs, unless the customer wants otherwise: --override-sensitive REASON"
        )
    if _outside_windows(site, profile, now):
        coming = [window for window in site.maintenance_windows if window.start > now]
        following = min(coming, key=lambda window: window.start, default=None)
        then = "none is to come" if following is None else f"the next is {_named(site, following)}"
        raise AuthorizationError(
            f"site {site.name}: --profile {profile} sends heavy commands, which run only in a maintenance "
            f"window: {then}; --profile normal runs now"
        )


def obstacle(site: Site, profile: ProfileName, moment: datetime, override: str = "") -> str:
    """Say in Chinese why no further device may be begun at this moment; empty when it may."""
    period = _sensitive(site, profile, moment, override)
    if period is not None:
        start, end = _times(site, period)
        return f"已进入敏感时期「{period.name}」（{start} 至 {end}），其间只允许轻量档位"
    if _outside_windows(site, profile, moment):
        return f"不在维护窗口内，「{profiles()[profile].label}」档位的重命令只能在窗口内发送"
    return ""


def _sensitive(site: Site, profile: ProfileName, moment: datetime, override: str) -> Period | None:
    """Give the sensitive period that keeps this profile from running, the one that lasts longest."""
    if profile is ProfileName.LIGHT or override:
        return None
    now = (period for period in site.sensitive_periods if period.covers(moment))
    return max(now, key=lambda period: period.end, default=None)


def _outside_windows(site: Site, profile: ProfileName, moment: datetime) -> bool:
    windows = site.maintenance_windows
    return bool(windows) and profiles()[profile].heavy and not any(w.covers(moment) for w in windows)


def _named(site: Site, period: Period) -> str:
    start, end = _times(site, period)
    return f"{period.name} ({start} to {end})"


def _times(site: Site, period: Period) -> tuple[str, str]:
    start, end = (at.astimezone(site.zone) for at in (period.start, period.end))
    return start.isoformat(sep=" ", timespec="minutes"), end.isoformat(sep=" ", timespec="minutes")
