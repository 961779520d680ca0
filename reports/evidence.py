"""Evidence as it is printed: where the lines stand, the lines themselves, and the capture's digest."""

from collections.abc import Sequence
from datetime import tzinfo

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer, Table, TableStyle

from checks.inspection import Evidence
from reports import style
from reports.fonts import BODY
from reports.labels import moment
from reports.prose import link, prose

SHORT = 12
"""Hex digits of a digest in running text; the whole digest stands below the lines."""
NUMBER_WIDTH = 34.0
KEPT_WHOLE = 25
"""Evidence of up to so many lines stays on one page."""


def short_digest(sha256: str) -> str:
    """Abbreviate a digest for running text."""
    return sha256[:SHORT]


def capture_anchor(sha256: str) -> str:
    """Name of the place in chapter six where a capture is listed."""
    return f"capture-{sha256}"


def line_numbers(evidence: Evidence) -> str:
    """Say where the lines stand in the capture, e.g. `168–170`; there is at least one."""
    last = evidence.first_line + len(evidence.lines) - 1
    return str(last) if last == evidence.first_line else f"{evidence.first_line}–{last}"


def evidence_block(
    about: str, evidence: Evidence, zone: tzinfo, *, linked: bool, heading: Sequence[Flowable] = ()
) -> list[Flowable]:
    """Print one piece of evidence; its lines keep their numbers and their blanks.

    `about`: number and device; `zone`: the site's; `heading` stays on the page of the piece.
    `linked`: chapter six lists the capture, so that the digest can lead there.
    """
    lines = f"第 {line_numbers(evidence)} 行" if evidence.lines else "全部回显中没有相应的行"
    caption = f"{about} · {evidence.command} · {lines} · {moment(evidence.collected_at, zone)}"
    digest = f"SHA-256 {short_digest(evidence.sha256)}（全文 {evidence.sha256}）"
    block = [
        *heading,
        prose(caption, style.NOTE),
        *_lines(evidence),
        link(digest, capture_anchor(evidence.sha256), style.CELL_SMALL)
        if linked
        else prose(digest, style.CELL_SMALL),
        Spacer(1, 5),
    ]
    return [KeepTogether(block)] if len(evidence.lines) <= KEPT_WHOLE else [CondPageBreak(80), *block]


def _lines(evidence: Evidence) -> list[Flowable]:
    if not evidence.lines:
        return []
    numbered = enumerate(evidence.lines, start=evidence.first_line)
    data = [[prose(str(n), style.EVIDENCE_NUMBER), part] for n, line in numbered for part in _parts(line)]
    return [
        Table(
            data,
            colWidths=[NUMBER_WIDTH, style.TEXT_WIDTH - NUMBER_WIDTH],
            style=TableStyle(
                [
                    ("FONTNAME", (0, 0), (-1, -1), BODY),
                    ("BACKGROUND", (0, 0), (-1, -1), style.PAPER),
                    ("LINEBEFORE", (1, 0), (1, -1), 0.6, style.RULE),
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("TOPPADDING", (0, 0), (-1, -1), 0.5),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 0.5),
                    ("LEFTPADDING", (0, 0), (-1, -1), 4),
                    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                ]
            ),
            spaceBefore=1,
            spaceAfter=2,
        )
    ]


def _parts(line: str) -> list[Flowable]:
    """Cut a line that would fill more than a third of a page, because a table row cannot be broken."""
    size = 2000
    return [prose(line[i : i + size], style.EVIDENCE) for i in range(0, max(len(line), 1), size)]
