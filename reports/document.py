"""A PDF document: page frames, header and footer, contents and bookmarks; it is given sections of blocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
)
from reportlab.platypus.doctemplate import IndexingFlowable
from reportlab.platypus.tableofcontents import TableOfContents

from reports import fonts, style
from reports.prose import Prose, markup
from reports.section import Block
from reports.together import headings_kept

HEADER_SIZE = 8.5


class PageTotal(IndexingFlowable):
    """Learns how many pages there are; the document is built again until the number holds."""

    def __init__(self) -> None:
        super().__init__()
        self.pages = 0
        self.printed = 0
        """What the footers of this build say: the number of pages of the build before."""

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Take no room."""
        return 0, 0

    def draw(self) -> None:
        """Draw nothing."""

    def isSatisfied(self) -> bool:  # noqa: N802 - reportlab's name
        """Tell whether the last build had as many pages as the one before."""
        return self.pages == self.printed

    def beforeBuild(self) -> None:  # noqa: N802 - reportlab's name
        """Remember the number that this build prints."""
        self.printed = self.pages

    def notify(self, kind: str, stuff: Any) -> None:
        """Take in the number of the page that was just finished."""
        if kind == "page":
            self.pages = stuff


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What stands on every page of a document, and in the file's own description of itself."""

    name: str
    """What kind of document it is, in Chinese."""
    customer: str
    site: str
    number: str
    """The run or event that it is about."""
    classification: str
    author: str
    creator: str
    """The program, with its version."""


class Document(BaseDocTemplate):
    """One document as a PDF file."""

    def __init__(self, path: Path, imprint: Imprint) -> None:
        fonts.register()
        super().__init__(
            str(path),
            pagesize=(style.PAGE_WIDTH, style.PAGE_HEIGHT),
            title=f"{imprint.customer} {imprint.site} {imprint.name}",
            author=imprint.author,
            subject=imprint.number,
            creator=imprint.creator,
            invariant=1,
            initialFontName=fonts.BODY,
            lang="zh-CN",
        )
        self.imprint = imprint
        self.total = PageTotal()
        upright = (style.PAGE_WIDTH, style.PAGE_HEIGHT)
        wide = (style.PAGE_HEIGHT, style.PAGE_WIDTH)
        cover = PageTemplate("cover", [_frame(*upright)], pagesize=upright)
        self.addPageTemplates([cover, self._template("upright", upright), self._template("wide", wide)])

    def write(self, sections: Sequence[list[Block]]) -> None:
        """Build the file, several times over until contents and page numbers agree.

        The first page, which is the cover, has neither header nor footer.
        """
        story = [self.total, *_story(sections)]
        _foretell(story)
        self.multiBuild(story, maxPasses=6)

    def afterPage(self) -> None:  # noqa: N802 - reportlab's name
        """Count the page."""
        self.notify("page", self.page)

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        """Enter headings into the contents and the bookmarks."""
        if not isinstance(flowable, Prose) or flowable.level is None:
            return
        self.canv.addOutlineEntry(
            flowable.heading, flowable.anchor, flowable.level, closed=flowable.level > 0
        )
        if not flowable.listed:
            return
        self.notify("TOCEntry", _entry(flowable, self.page))

    def _template(self, name: str, size: tuple[float, float]) -> PageTemplate:
        def decorate(canvas: Canvas, _document: object) -> None:
            self._decorate(canvas, *size)

        return PageTemplate(name, [_frame(*size)], onPage=decorate, pagesize=size)

    def _decorate(self, canvas: Canvas, width: float, height: float) -> None:
        """Draw header and footer of one page."""
        imprint = self.imprint
        left, right = style.MARGIN, width - style.MARGIN
        middle = (right - left) / 2
        canvas.saveState()
        canvas.setFont(fonts.BODY, HEADER_SIZE)
        canvas.setFillColor(style.SOFT)
        canvas.setStrokeColor(style.RULE)
        canvas.setLineWidth(0.5)
        name = fonts.shortened(
            f"{imprint.name}　{imprint.customer} {imprint.site}", HEADER_SIZE, middle * 1.5
        )
        canvas.drawString(left, height - 38, name)
        canvas.drawRightString(right, height - 38, f"密级：{imprint.classification}")
        canvas.line(left, height - 45, right, height - 45)
        canvas.line(left, 42, right, 42)
        canvas.drawString(left, 29, fonts.shortened(f"编号：{imprint.number}", HEADER_SIZE, middle))
        canvas.drawRightString(right, 29, f"第 {canvas.getPageNumber()} 页 / 共 {self.total.printed} 页")
        canvas.restoreState()


def _entry(heading: Prose, page: int) -> tuple[int, str, int, str]:
    return heading.level or 0, markup(heading.heading, fonts.BODY), page, heading.anchor


def _foretell(story: Sequence[Flowable]) -> None:
    """Tell the contents their lines beforehand, so that their length is right from the first build on."""
    headings = [f for f in story if isinstance(f, Prose) and f.level is not None and f.listed]
    for table in (f for f in story if isinstance(f, TableOfContents)):
        for heading in headings:
            table.addEntry(*_entry(heading, 0))


def _frame(width: float, height: float) -> Frame:
    return Frame(
        style.MARGIN, style.BOTTOM, width - 2 * style.MARGIN, height - style.TOP - style.BOTTOM,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip


def _story(sections: Sequence[list[Block]]) -> list[Flowable]:
    """Join the blocks; a page is broken between sections and where the orientation changes."""
    story: list[Flowable] = []
    for section in sections:
        before: bool | None = None
        for block in section:
            if story and block.wide is not before:
                story += [NextPageTemplate("wide" if block.wide else "upright"), PageBreak()]
            before = block.wide
            story += headings_kept(block.flowables, wide=block.wide)
    return story
