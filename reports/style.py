"""Page measures, colours and paragraph styles: what the report looks like."""

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle

from checks.verdict import Outcome, Severity
from reports.fonts import BODY, MONO

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 48.0
"""Left and right, in points."""
TOP, BOTTOM = 62.0, 56.0
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
TEXT_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM
WIDE_WIDTH = PAGE_HEIGHT - 2 * MARGIN
WIDE_HEIGHT = PAGE_WIDTH - TOP - BOTTOM

INK = HexColor(0x1F2933)
SOFT = HexColor(0x5B6875)
RULE = HexColor(0xB8C2CC)
ACCENT = HexColor(0x1F4E79)
HEAD_FILL = HexColor(0xDCE6F0)
STRIPE = HexColor(0xF5F7FA)
PAPER = HexColor(0xF3F4F6)
WHITE = HexColor(0xFFFFFF)
BLANK = HexColor(0xE4E9EF)

SEVERITY_FILL: dict[Severity, Color] = {
    Severity.CRITICAL: HexColor(0xC0202A),
    Severity.MAJOR: HexColor(0xE07B1A),
    Severity.MINOR: HexColor(0xFFD95A),
    Severity.INFO: HexColor(0xB5BCC4),
}
SEVERITY_INK: dict[Severity, Color] = {
    Severity.CRITICAL: WHITE,
    Severity.MAJOR: INK,
    Severity.MINOR: INK,
    Severity.INFO: INK,
}
OUTCOME_FILL: dict[Outcome, Color] = {
    Outcome.PASS: HexColor(0xBFE3C0),
    Outcome.FAIL: SEVERITY_FILL[Severity.CRITICAL],
    Outcome.NOT_ASSESSED: BLANK,
    Outcome.NOT_APPLICABLE: WHITE,
}
PASS_FILL = HexColor(0x4F9D55)

TEXT = ParagraphStyle(
    "text",
    fontName=BODY,
    bulletFontName=BODY,
    fontSize=10,
    leading=16,
    textColor=INK,
    wordWrap="CJK",
    spaceAfter=4,
    strong=0,
)
NOTE = ParagraphStyle("note", TEXT, fontSize=8.5, leading=13, textColor=SOFT)
BULLET = ParagraphStyle("bullet", TEXT, leftIndent=15, bulletIndent=0, bulletFontSize=8)
CELL = ParagraphStyle("cell", TEXT, fontSize=8.5, leading=12, spaceAfter=0)
CELL_HEAD = ParagraphStyle("cell-head", CELL, strong=0.25)
CARD = ParagraphStyle("card", CELL, fontSize=8, leading=11)
CARD_HEAD = ParagraphStyle("card-head", CARD, strong=0.25)
CELL_MONO = ParagraphStyle("cell-mono", CELL, fontName=MONO, fontSize=7.5, leading=11)
CELL_DIGEST = ParagraphStyle("cell-digest", CELL_MONO, fontSize=6.3)
CELL_SMALL = ParagraphStyle("cell-small", CELL, fontSize=7.5, leading=10.5)
CELL_SMALL_HEAD = ParagraphStyle("cell-small-head", CELL_SMALL, strong=0.2)
CENTRE = ParagraphStyle("centre", CELL_SMALL, alignment=TA_CENTER)
RIGHT = ParagraphStyle("right", CELL, alignment=TA_RIGHT)
CHAPTER_NUMBER = ParagraphStyle("chapter-number", TEXT, fontSize=11, leading=16, textColor=SOFT, spaceAfter=0)
CHAPTER = ParagraphStyle(
    "chapter", TEXT, fontSize=20, leading=28, textColor=ACCENT, strong=0.5, spaceAfter=10
)
HEADING = ParagraphStyle(
    "heading", TEXT, fontSize=13, leading=19, textColor=ACCENT, strong=0.35, spaceBefore=12, spaceAfter=5
)
SUBHEADING = ParagraphStyle(
    "subheading", TEXT, fontSize=10.5, leading=16, strong=0.28, spaceBefore=7, spaceAfter=3
)
COVER_TITLE = ParagraphStyle(
    "cover-title", TEXT, fontSize=32, leading=44, textColor=ACCENT, strong=0.8, spaceAfter=6
)
COVER_SITE = ParagraphStyle("cover-site", TEXT, fontSize=16, leading=24, spaceAfter=4)
FORMULA = ParagraphStyle("formula", NOTE, fontSize=8, leading=11, spaceAfter=1)
CAPTION = ParagraphStyle("caption", NOTE, fontSize=8, leading=11, spaceAfter=0)
DIGEST = ParagraphStyle("digest", CELL_MONO, fontSize=6.3, leading=8.5, textColor=SOFT, spaceAfter=2)
EVIDENCE = ParagraphStyle("evidence", TEXT, fontName=MONO, fontSize=7, leading=8.8, spaceAfter=0)
EVIDENCE_NUMBER = ParagraphStyle("evidence-number", EVIDENCE, textColor=SOFT, alignment=TA_RIGHT)
