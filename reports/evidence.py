"""Evidence as it is printed: each capture once with its digest, and the lines that findings rest on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import pairwise, zip_longest

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, TableStyle

from checks.inspection import Evidence
from reports import style
from reports.fonts import BODY
from reports.labels import moment
from reports.prose import link, prose
from reports.tables import Rows

NUMBER_WIDTH = 30.0
ROOM = 60.0
"""Points: a caption stays with its digest and the first lines."""
GAP = "…"
MANY, SHORT, MOSTLY = 14, 50, 0.7
"""Lines stand in two columns where there are so many, and such a share of them has no more characters."""
COLUMN = 14
"""Lines in a column that stays whole, so that it is read downwards on one page."""
WORTH_NAMING = 4
"""Lines; fewer are printed again rather than referred to."""


def line_numbers(evidence: Evidence) -> str:
    """Say where the lines stand in the capture, e.g. `168–170`; there is at least one."""
    return _range(evidence.first_line, evidence.first_line + len(evidence.lines) - 1)


def _range(first: int, last: int) -> str:
    return str(last) if last == first else f"{first}–{last}"


@dataclass(frozen=True, slots=True)
class Cited:
    """A piece of evidence and what cites it."""

    number: str
    """Of the finding or item, e.g. `P001`."""
    device: str
    evidence: Evidence


@dataclass(slots=True)
class Proof:
    """Prints the evidence of one document; lines that it has printed before are named, not repeated."""

    zone: tzinfo
    """The site's."""
    anchors: Mapping[str, str] = field(default_factory=dict)
    """Where a digest leads to, by device; without one it is no link."""
    _printed: dict[tuple[str, int], str] = field(default_factory=dict)
    """Number of what cited a line first, by digest and line number."""

    def blocks(self, cited: Sequence[Cited], heading: Sequence[Flowable] = ()) -> list[Flowable]:
        """Print what one card rests on, each capture in one piece; `heading` stays with the first one."""
        captures: dict[tuple[str, str], list[Cited]] = {}
        for each in cited:
            captures.setdefault((each.device, each.evidence.sha256), []).append(each)
        story: list[Flowable] = []
        for group in captures.values():
            story += [CondPageBreak(ROOM), *self._capture(group, heading)]
            heading = ()
        return story

    def _capture(self, cited: Sequence[Cited], heading: Sequence[Flowable]) -> list[Flowable]:
        """Heading, caption, digest and lines of one capture; lines keep their numbers and blanks."""
        numbers = "、".join(dict.fromkeys(each.number for each in cited))
        evidence = cited[0].evidence
        lines = {
            number: line
            for each in cited
            for number, line in enumerate(each.evidence.lines, start=each.evidence.first_line)
        }
        where = f"第 {_ranges(sorted(lines))} 行" if lines else "全部回显中没有相应的行"
        elsewhere = self._elsewhere(evidence.sha256, lines)
        said = f"，原文见 {elsewhere}" if elsewhere else ""
        when = moment(evidence.collected_at, self.zone)
        caption = f"{numbers} · {cited[0].device} · {evidence.command} · {where}{said} · {when}"
        for number in lines:
            self._printed.setdefault((evidence.sha256, number), cited[0].number)
        above = [*heading, prose(caption, style.CAPTION), self._digest(evidence.sha256, cited[0].device)]
        return above if elsewhere else _lines(lines, above)

    def _elsewhere(self, sha256: str, lines: Mapping[int, str]) -> str:
        """Say under which number all these lines stand already; empty where they do not."""
        found = {self._printed.get((sha256, number), "") for number in lines}
        return found.pop() if len(lines) >= WORTH_NAMING and len(found) == 1 else ""

    def _digest(self, sha256: str, device: str) -> Flowable:
        said, anchor = f"SHA-256 {sha256}", self.anchors.get(device)
        return link(said, anchor, style.DIGEST) if anchor else prose(said, style.DIGEST)


def _ranges(numbers: Sequence[int]) -> str:
    """Say which lines, e.g. `1–2、15–18`; sorted, at least one."""
    ends = [n for n, following in pairwise((*numbers, -1)) if following != n + 1]
    starts = [n for before, n in pairwise((-1, *numbers)) if before != n - 1]
    return "、".join(_range(first, last) for first, last in zip(starts, ends, strict=True))


Line = tuple[str, str]
"""A line's number and its text; a row of dots stands for lines that were left out."""


def _lines(lines: Mapping[int, str], above: Sequence[Flowable]) -> list[Flowable]:
    """The lines in order below what stands above them; in two columns where they are many and short."""
    rows: list[Line] = []
    for number in sorted(lines):
        if rows and number - 1 not in lines:
            rows.append((GAP, ""))
        rows.append((str(number), lines[number]))
    short = sum(len(text) <= SHORT for _, text in rows)
    if len(rows) < MANY or short < MOSTLY * len(rows):
        return [*above, *([_listing([rows], style.TEXT_WIDTH)] if rows else [])]
    chunks = [rows[i : i + 2 * COLUMN] for i in range(0, len(rows), 2 * COLUMN)]
    first, *others = [_listing(_halves(chunk), style.TEXT_WIDTH / 2) for chunk in chunks]
    return [KeepTogether([*above, first]), *(KeepTogether(each) for each in others)]


def _halves(rows: Sequence[Line]) -> list[Sequence[Line]]:
    middle = (len(rows) + 1) // 2
    return [rows[:middle], rows[middle:]]


def _listing(columns: Sequence[Sequence[Line]], width: float) -> Rows:
    """Columns of numbered lines beside each other, each so many points wide."""
    cells = [
        [
            (prose(number if first else "", style.EVIDENCE_NUMBER), part)
            for number, text in column
            for first, part in _parts(text)
        ]
        for column in columns
    ]
    nothing = (prose("", style.EVIDENCE_NUMBER), prose("", style.EVIDENCE))
    data = [[cell for pair in row for cell in pair] for row in zip_longest(*cells, fillvalue=nothing)]
    return Rows(
        data,
        colWidths=[NUMBER_WIDTH, width - NUMBER_WIDTH] * len(columns),
        style=TableStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), BODY),
                ("BACKGROUND", (0, 0), (-1, -1), style.PAPER),
                *(("LINEBEFORE", (x, 0), (x, -1), 0.6, style.RULE) for x in range(1, 2 * len(columns), 2)),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0.3),
                ("LEFTPADDING", (0, 0), (-1, -1), 4),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ]
        ),
        spaceBefore=1,
        spaceAfter=4,
    )


def _parts(line: str) -> list[tuple[bool, Flowable]]:
    """Cut a line that would fill more than a third of a page, because a table row cannot be broken."""
    size = 2000
    starts = range(0, max(len(line), 1), size)
    return [(start == 0, prose(line[start : start + size], style.EVIDENCE)) for start in starts]
