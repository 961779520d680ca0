"""Comparing two versions for somebody who asks."""

from agent.console import Console
from agent.exit_codes import ExitCode
from parsers.versions import (
    Order,
    Version,
    VersionError,
    compare,
    explain,
    find_patch,
    parse_version,
    schemes_of,
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
    for scheme in schemes_of(vendor):
        try:
            return _read(scheme, left), _read(scheme, right)
        except VersionError as error:
            problems.append(str(error))
    raise VersionError("; ".join(dict.fromkeys(problems)))


def _read(scheme: str, text: str) -> Version:
    try:
        return parse_version(scheme, text)
    except VersionError:
        if patch := find_patch(scheme, text):
            return patch
        raise
