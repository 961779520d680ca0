"""What a section of the report is made of: blocks of upright or wide pages, and numbered headings."""

from collections.abc import Callable
from dataclasses import dataclass, field

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, KeepInFrame

from checks.inspection import Inspection
from reports import style
from reports.prose import Prose, prose

CHAPTER_NUMBERS = "一二三四五六七"


@dataclass(frozen=True, slots=True)
class Block:
    """Flowables that follow one another on pages of one orientation; each section begins a new page."""

    flowables: list[Flowable]
    wide: bool = False


Section = Callable[[Inspection], list[Block]]


def titled(text: str, wanted: ParagraphStyle, level: int, anchor: str) -> Prose:
    """Make a heading that shows up in the contents and the bookmarks."""
    heading = prose(text, wanted, anchor=anchor)
    heading.level, heading.heading = level, text
    return heading


@dataclass(slots=True)
class Chapter:
    """Numbers the headings of one of the seven chapters, from 1."""

    number: int
    title: str
    _headings: int = field(default=0, init=False)
    _cards: int = field(default=0, init=False)

    def opening(self) -> list[Flowable]:
        """The chapter's number and its title, which is all that contents and bookmarks show."""
        return [
            prose(f"第{CHAPTER_NUMBERS[self.number - 1]}章", style.CHAPTER_NUMBER),
            titled(self.title, style.CHAPTER, 0, f"chapter-{self.number}"),
        ]

    def heading(self, text: str, anchor: str = "") -> list[Flowable]:
        """A heading of the second level; the document keeps it with what follows (`reports.together`)."""
        self._headings += 1
        self._cards = 0
        name = anchor or f"section-{self.number}-{self._headings}"
        shown = f"{self.number}.{self._headings} {text}"
        return [titled(shown, style.HEADING, 1, name)]

    def subheading(self, text: str, anchor: str = "", *, listed: bool = False) -> list[Flowable]:
        """A heading of the third level; `listed` puts it into the contents, not only the bookmarks."""
        self._cards += 1
        shown = f"{self.number}.{self._headings}.{self._cards} {text}"
        name = anchor or f"section-{self.number}-{self._headings}-{self._cards}"
        heading = titled(shown, style.SUBHEADING, 2, name)
        heading.listed = listed
        return [heading]


def one_page(flowables: list[Flowable], beside: float = 2.0) -> Flowable:
    """Shrink what would not fit on one page; `beside` is the height of what else stands on it."""
    return KeepInFrame(style.TEXT_WIDTH, style.TEXT_HEIGHT - beside, flowables, mode="shrink")


def note(text: str) -> Prose:
    """A small remark in grey."""
    return prose(text, style.NOTE)


def text(body: str) -> Prose:
    """A paragraph of running text."""
    return prose(body, style.TEXT)


def bullets(items: tuple[str, ...] | list[str]) -> list[Flowable]:
    """One paragraph for each item, with a dot before it."""
    return [prose(item, style.BULLET, bullet="•") for item in items]
