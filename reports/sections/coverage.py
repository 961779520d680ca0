"""What was not assessed and why, in chapter four: equal gaps once, with all devices and checks."""

from collections.abc import Iterator, Mapping

from checks.check import of_one_cause
from checks.inspection import DeviceReport, Inspection
from checks.words import REASON_WORDS

Gap = tuple[str, str, str, str]
"""Devices, reason, checks, what was said."""


def coverage(inspection: Inspection) -> list[Gap]:
    """Every gap: a device without any check by itself, then by reason and by the devices concerned."""
    gaps: list[Gap] = []
    said: dict[tuple[str, str], dict[str, dict[str, None]]] = {}
    for report in inspection.devices:
        found = list(_not_assessed(report))
        reasons = {reason for reason, _, _ in found}
        checks = {check_id for _, check_id, _ in found}
        if report.reason is not None and len(reasons) == 1 and len(checks) == len(report.verdicts):
            message = report.detail or "\n".join(of_one_cause(message for _, _, message in found))
            gaps.append((report.device.name, reasons.pop(), f"全部 {len(checks)} 项", message))
            continue
        for reason, check_id, message in found:
            said.setdefault((reason, check_id), {}).setdefault(report.device.name, {})[message] = None
    return [*gaps, *_together(said)]


def _not_assessed(report: DeviceReport) -> Iterator[tuple[str, str, str]]:
    for verdict in report.verdicts:
        for result in verdict.results:
            if result.reason is not None:
                yield REASON_WORDS[result.reason], verdict.check_id, result.message


def _together(said: Mapping[tuple[str, str], Mapping[str, Mapping[str, None]]]) -> Iterator[Gap]:
    """One gap for the checks that lack an answer for the same reason on the same devices."""
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (reason, check_id), by_device in said.items():
        alike.setdefault((reason, tuple(by_device)), []).append(check_id)
    order = list(dict.fromkeys(reason for reason, _ in alike))
    for (reason, names), checks in sorted(alike.items(), key=lambda each: order.index(each[0][0])):
        messages: dict[str, dict[str, None]] = {}
        for check_id in checks:
            for name, texts in said[reason, check_id].items():
                for message in texts:
                    messages.setdefault(message, {})[name] = None
        everywhere = [message for message, on in messages.items() if len(on) == len(names)]
        lines = of_one_cause(everywhere)
        some: dict[tuple[str, ...], list[str]] = {}
        for message, on in messages.items():
            if len(on) < len(names):
                some.setdefault(tuple(on), []).append(message)
        lines += [f"{'、'.join(on)}：{'；'.join(of_one_cause(own))}" for on, own in some.items()]
        yield "、".join(names), reason, f"{len(checks)} 项：{'、'.join(checks)}", "\n".join(lines)
