"""What the self-tests of an INOS-CN switch found, of modules as a whole and test by test."""

from collections.abc import Iterator
from typing import Final

from parsers.facts import Diagnostic, Location
from parsers.reader import Outputs
from parsers.seen import Seen
from parsers.template import Row, UnreadableError

MODULES: Final = "show module"
TESTS: Final = "show diagnostic result module all"
_OVERALL: Final = "Online Diag Status"
_LETTERS: Final = {
    ".": "Pass",
    "F": "Fail",
    "I": "Incomplete",
    "U": "Untested",
    "A": "Abort",
    "E": "Error disabled",
}
"""The legend that the output prints over the tests (genieparser, NX-OS)."""


def diagnostics(outputs: Outputs) -> tuple[Diagnostic, ...]:
    """Read what the start found of each module, and each test where that command is known.

    A module without power has no status: what is wrong with it is the matter of `boards`. Raises
    UnreadableError where no module has one and no tests are listed, or where a test has no result.
    """
    found = [_overall(row) for row in outputs.need(MODULES).rows if row["DIAGNOSIS"]]
    listed = outputs.parsed(TESTS)
    if listed is not None:
        if not listed.rows:
            raise UnreadableError(f"{TESTS}: no test in it")
        found += _tests(listed.rows)
    if not found:
        raise UnreadableError(f"{MODULES}: no status of a diagnosis in it")
    return tuple(found)


def _overall(row: Row) -> Diagnostic:
    number = row["NUMBER"]
    slot = number if row["UNIT"] == "Mod" else f"{row['UNIT']} {number}"
    return Diagnostic(
        seen=row.seen,
        location=Location(slot=slot),
        name=_OVERALL,
        result=row["DIAGNOSIS"],
        summary=True,
    )


def _tests(rows: tuple[Row, ...]) -> Iterator[Diagnostic]:
    results: dict[tuple[str, str], int] = {}
    for row in rows:
        key = row["MODULE"], row["NAME"]
        results.setdefault(key, 0)
        for diagnostic in _results(row):
            results[key] += 1
            yield diagnostic
    bare = [f"{name} of module {module}" for (module, name), count in results.items() if not count]
    if bare:
        raise UnreadableError(f"{TESTS}: no result of {', '.join(bare)}")


def _results(row: Row) -> Iterator[Diagnostic]:
    """The result of the test as a whole, or one for all ports of a row that have the same."""
    if row["RESULT"]:
        yield _diagnostic(row.seen, row, row["RESULT"], ())
    ports, letters = row["PORTS"].split(), row["RESULTS"].split()
    if len(ports) != len(letters):
        raise UnreadableError(f"{TESTS}: {len(ports)} ports and {len(letters)} results of {row['NAME']}")
    for letter in dict.fromkeys(letters):
        same = tuple(int(port) for port, said in zip(ports, letters, strict=True) if said == letter)
        yield _diagnostic(row.seen, row, letter, same)


def _diagnostic(seen: Seen, row: Row, letter: str, ports: tuple[int, ...]) -> Diagnostic:
    return Diagnostic(
        seen=seen,
        location=Location(slot=row["MODULE"] or None),
        name=row["NAME"],
        result=_LETTERS[letter],
        ports=ports,
    )
