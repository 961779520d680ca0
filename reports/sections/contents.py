"""The table of contents; reportlab fills it in while the document is built."""

from reportlab.lib.styles import ParagraphStyle, PropertySet
from reportlab.platypus import TableStyle
from reportlab.platypus.tableofcontents import TableOfContents

from checks.inspection import Inspection
from reports import style
from reports.fonts import BODY
from reports.prose import prose
from reports.section import Block

PADDINGS = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
LEVELS: list[PropertySet] = [
    ParagraphStyle("toc-1", style.TEXT, wordWrap=None, fontSize=10, leading=13, spaceBefore=1, spaceAfter=0),
    ParagraphStyle("toc-2", style.TEXT, wordWrap=None, fontSize=9, leading=11.4, leftIndent=16, spaceAfter=0),
    ParagraphStyle(
        "toc-3",
        style.TEXT,
        wordWrap=None,
        fontSize=8,
        leading=11.5,
        leftIndent=34,
        spaceAfter=0,
        textColor=style.SOFT,
    ),
]


def blocks(_inspection: Inspection) -> list[Block]:
    """The contents of the inspection report."""
    return contents()


def contents() -> list[Block]:
    """The contents of any document: three levels, each line a link."""
    grid = TableStyle([("FONTNAME", (0, 0), (-1, -1), BODY), *PADDINGS])
    table = TableOfContents(levelStyles=LEVELS, dotsMinLevel=0, tableStyle=grid)
    return [Block([prose("目录", style.CHAPTER), table])]
