"""Active alarms: what the device itself says is wrong."""

from collections.abc import Sequence

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, passed
from checks.words import FACT_WORDS
from parsers.facts import Alarm, Known
from parsers.masking import mask_line

_SEVERITIES = {
    "critical": Severity.CRITICAL,
    "major": Severity.MAJOR,
    "minor": Severity.MINOR,
    "warning": Severity.INFO,
}
_ORDER = tuple(_SEVERITIES)


@check("LOG-006", "alarms", also=("fans", "power_supplies", "boards", "temperatures", "interfaces", "optics"))
def active_alarms(context: Context) -> list[Result]:
    """Each kind of alarm once; what other checks judge by its state is left to them, if they can."""
    rows: tuple[Alarm, ...] = value_of(context.facts.alarms)
    if not rows:
        return [passed("", "没有活动告警", *context.facts.alarms.sources)]
    named: dict[str, list[Alarm]] = {}
    for row in rows:
        # Some devices print a port's description in it, and people write anything there.
        named.setdefault(mask_line(row.name), []).append(row)
    return [_alarm(name, alike, context) for name, alike in named.items()]


def _alarm(name: str, rows: Sequence[Alarm], context: Context) -> Result:
    seen = [row.seen for row in rows]
    worst = min((row.severity for row in rows), key=_ORDER.index)
    said = f"活动告警 {name} {len(rows)} 条" + (f"，最早 {first}" if (first := _first(rows)) else "")
    fact = _judged_elsewhere(name, context)
    if fact is not None:
        return passed(name, f"{said}；由“{FACT_WORDS[fact]}”的检查按设备状态判定，不重复计", *seen)
    return failed(name, _SEVERITIES[worst], said, *seen)


def _first(rows: Sequence[Alarm]) -> str | None:
    return min((row.raised_at for row in rows if row.raised_at), default=None)


def _judged_elsewhere(name: str, context: Context) -> str | None:
    """The fact whose checks judge the same, if it is known whole; else the alarm is all there is."""
    word = name.lower()
    for fact, words in context.params["judged_by"].items():
        if any(each in word for each in words) and isinstance(getattr(context.facts, fact), Known):
            return str(fact)
    return None
