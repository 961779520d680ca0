"""Keeping a heading on the page of what it stands above."""

from collections.abc import Sequence

from reportlab.platypus import CondPageBreak, Flowable, KeepInFrame, KeepTogether, Spacer
from reportlab.platypus.doctemplate import IndexingFlowable

from reports import style
from reports.prose import Prose
from reports.tables import Rows

HEADINGS = (style.CHAPTER_NUMBER, style.CHAPTER, style.HEADING, style.SUBHEADING, style.CELL_HEAD)
FIRST_ROWS = 3
"""A heading stays with so many rows of a table, its header among them, and so many lines of a text."""
MOST_REMARKS = 2
"""So many paragraphs below a heading belong to what follows; more of them are the text itself."""
UNKNOWN = 60.0
"""Points for what tells its height only while the document is built."""
MOST = 0.8
"""Of a page's height: what follows is never asked to take more, since a break could not help it."""


def headings_kept(story: Sequence[Flowable], *, wide: bool = False) -> list[Flowable]:
    """Begin a new page before a heading where what follows it would not begin on the same page."""
    width, height = (style.WIDE_WIDTH, style.WIDE_HEIGHT) if wide else (style.TEXT_WIDTH, style.TEXT_HEIGHT)
    kept: list[Flowable] = []
    for index, flowable in enumerate(story):
        if _is_heading(flowable) and not (index and _is_heading(story[index - 1])):
            kept.append(CondPageBreak(min(_needed(story[index:], width, height), MOST * height)))
        kept.append(flowable)
    return kept


def _is_heading(flowable: Flowable) -> bool:
    return isinstance(flowable, Prose) and flowable.style in HEADINGS


def _needed(story: Sequence[Flowable], width: float, height: float) -> float:
    """Points that the headings, remarks under them and the beginning of what follows take."""
    needed, remarks = 0.0, 0
    for flowable in story:
        needed += flowable.getSpaceBefore() + _beginning(flowable, width, height)
        remarks += isinstance(flowable, Prose) and not _is_heading(flowable)
        if remarks == MOST_REMARKS or not isinstance(flowable, Prose | Spacer):
            break
    return needed


def _beginning(flowable: Flowable, width: float, height: float) -> float:
    """Height of a flowable, or of the first part of one that may be continued on the next page."""
    if isinstance(flowable, IndexingFlowable):
        return 0.0  # knows its height only while the document is built, and follows on its own page
    if isinstance(flowable, KeepTogether | KeepInFrame):
        return UNKNOWN
    if isinstance(flowable, Rows):
        return flowable.beginning(FIRST_ROWS, width)
    _, tall = flowable.wrap(width, height)
    return float(tall) + flowable.getSpaceAfter()
