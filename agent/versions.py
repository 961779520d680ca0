"""Comparing two versions for somebody who asks."""

from agent.console import Console
from agent.exit_codes import ExitCode
from baselines.advisories.products import maker_key, makers, schemes
from parsers.versions import (
    Order,
    Version,
    VersionError,
    compare,
    explain,
    find_patch,
    parse_version,
)


def compare_versions(left: str, right: str, vendor: str, console: Console) -> ExitCode:
    """Print the order of two versions and what decided it."""
    try:
        ours, theirs = _pair(left, right, vendor)
    except VersionError as error:
        console.error(str(error))
        return ExitCode.USAGE
    order, why = compare(ours, theirs).order, explain(ours, theirs)
    console.result({"left": left, "right": right, "order": order.value, "because": why})
    console.say(order.value)
    console.say(why)
    return ExitCode.FINDINGS if order is Order.INCOMPARABLE else ExitCode.CLEAN


def _pair(left: str, right: str, vendor: str) -> tuple[Version, Version]:
    """Read both by one scheme of the vendor; raises VersionError where none reads both."""
    problems = []
    for scheme in _schemes(vendor):
        try:
            return _read(scheme, left), _read(scheme, right)
        except VersionError as error:
            problems.append(str(error))
    raise VersionError("; ".join(dict.fromkeys(problems)))


def _schemes(vendor: str) -> tuple[str, ...]:
    found = schemes(maker_key(vendor))
    if not found:
        raise VersionError(f"unknown vendor {vendor!r}; known are {', '.join(makers())}")
    return found


def _read(scheme: str, text: str) -> Version:
    try:
        return parse_version(scheme, text)
    except VersionError:
        if patch := find_patch(scheme, text):
            return patch
        raise
