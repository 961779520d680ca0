"""Paragraphs of mixed Chinese and Latin text: line breaking, emphasis, anchors and links.

reportlab breaks Chinese text between any two characters, interface names included; here a Latin word
stays whole while it fits on a line, and a longer one is cut at its joints.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph
from reportlab.platypus.paragraph import FragLine, ParaLines
from reportlab.platypus.paraparser import ParaFrag

from reports.fonts import char_width, runs
from reports.style import ACCENT

CANNOT_START = frozenset("，。、；：？！）】》〉」』”’…—～·%℃°,.;:?!)]}")
CANNOT_END = frozenset("（【《〈「『“‘([{")
JOINTS = frozenset("/-_.:,;=@|\\&?")
TAB = " " * 8
SLACK = 1e-6


def _is_wide(char: str) -> bool:
    return char >= "\u2e80"


def between_words(left: str, right: str) -> bool:
    """Tell whether a line may end between these two characters without hurting a word."""
    if right == " " or right in CANNOT_START or left in CANNOT_END:
        return False
    return left == " " or _is_wide(left) or _is_wide(right) or left in "，。；：、"


def at_joint(left: str, right: str) -> bool:
    """Tell whether a word that is too long for a line may be cut here: `Ten-|Gigabit|Ethernet1/0/1`."""
    if right == " ":
        return False
    return left in JOINTS or (left.islower() and right.isupper()) or (left.isalpha() and right.isdigit())


def break_lines(
    text: Sequence[str], widths: Sequence[float], limits: Sequence[float]
) -> list[tuple[int, int]]:
    r"""Give (start, end) of each line; `\n` ends one; the last limit holds for all further lines."""
    breaker = _Breaker(text, widths, limits)
    return list(breaker.lines())


@dataclass(slots=True)
class _Breaker:
    text: Sequence[str]
    widths: Sequence[float]
    limits: Sequence[float]

    def lines(self) -> Iterator[tuple[int, int]]:
        start = count = 0
        while start < len(self.text):
            end = self._end(start, self.limits[min(count, len(self.limits) - 1)])
            yield start, end
            start, count = end, count + 1

    def _end(self, start: int, limit: float) -> int:
        """Where the line that begins at `start` ends, as an index behind its last character."""
        used, word = 0.0, start
        for i in range(start, len(self.text)):
            char = self.text[i]
            if char == "\n":
                return i + 1
            if i > start and between_words(self.text[i - 1], char):
                word = i
            used += self.widths[i]
            if used > limit + SLACK and char != " ":
                return self._cut(start, word, i, limit)
        return len(self.text)

    def _cut(self, start: int, word: int, i: int, limit: float) -> int:
        if word > start and self._word_fits(word, limit):
            return word
        joints = (j for j in range(i, max(start, word), -1) if at_joint(self.text[j - 1], self.text[j]))
        return next(joints, max(i, start + 1))

    def _word_fits(self, word: int, limit: float) -> bool:
        used = 0.0
        for i in range(word, len(self.text)):
            if self.text[i] == "\n" or (i > word and between_words(self.text[i - 1], self.text[i])):
                return True
            used += 0.0 if self.text[i] == " " else self.widths[i]
            if used > limit + SLACK:
                return False
        return True


class Prose(Paragraph):
    """A paragraph with our own line breaking; `style.strong` thickens its letters by that many points.

    Only the regular weight of the Chinese font exists, so emphasis strokes the outlines as well.
    """

    blPara: ParaLines  # noqa: N815 - reportlab's name
    anchor: str = ""
    """Name that links inside the document lead to."""
    level: int | None = None
    """Depth in the contents and the bookmarks, from 0; None for what is no heading."""
    listed: bool = True
    """A heading stands in the contents, not only in the bookmarks."""
    heading: str = ""
    """Text in the contents and the bookmarks."""
    # The document is built several times and tables wrap their cells twice: lines are broken once.
    _limits: Sequence[float] = ()
    _lines: Sequence[FragLine] = ()

    def breakLinesCJK(self, maxWidths: float | Sequence[float]) -> ParaLines:  # noqa: N802, N803 - reportlab's names
        """Break the fragments into lines; called by reportlab with the width of each line."""
        limits: list[float] = [maxWidths] if isinstance(maxWidths, int | float) else list(maxWidths)
        if limits != self._limits:
            self._limits, self._lines = limits, self._break(limits)
        return ParaLines(kind=1, lines=self._lines)

    def _break(self, limits: Sequence[float]) -> list[FragLine]:
        chars: list[str] = []
        widths: list[float] = []
        owners: list[Any] = []
        for frag in self.frags:
            text = "\n" if hasattr(frag, "lineBreak") else frag.text
            chars += text
            widths += (
                0.0 if char == "\n" else char_width(char, frag.fontName, frag.fontSize) for char in text
            )
            owners += [frag] * len(text)
        lines = []
        for index, (start, end) in enumerate(break_lines(chars, widths, limits)):
            limit = limits[min(index, len(limits) - 1)]
            used = sum(widths[start:end]) - _trailing_blank(chars, widths, start, end)
            lines.append(_line(chars[start:end], owners[start:end], limit, used))
        return lines

    def split(self, availWidth: float, availHeight: float) -> list[Any]:  # noqa: N803 - reportlab's names
        """Cut between lines, two of them at least on the first page; nothing is added or lost."""
        if not hasattr(self, "blPara"):
            self.wrap(availWidth, availHeight)
        lines = self.blPara.lines
        count = int(availHeight / self.style.leading + SLACK)
        if count >= len(lines):
            return [self]
        if count < min(2, len(lines)):
            return []
        rest = ParagraphStyle("rest", self.style, firstLineIndent=0)
        first = Prose("", self.style, bulletText=self.bulletText, frags=_frags(lines[:count]))
        first.anchor = self.anchor
        return [first, Prose("", rest, frags=_frags(lines[count:]))]

    def draw(self) -> None:
        """Draw with the outline stroked when the style asks for it."""
        canvas: Canvas = self.canv
        if self.anchor:
            canvas.bookmarkHorizontal(self.anchor, 0, self.height)
        strong = getattr(self.style, "strong", 0)
        if not strong:
            super().draw()
            return
        canvas.saveState()
        canvas.setStrokeColor(self.style.textColor)
        canvas.setLineWidth(strong)
        canvas.addLiteral("2 Tr")
        super().draw()
        canvas.restoreState()


def _trailing_blank(chars: Sequence[str], widths: Sequence[float], start: int, end: int) -> float:
    blank = 0.0
    while end > start and chars[end - 1] in " \n":
        end -= 1
        blank += widths[end]
    return blank


def _line(chars: Sequence[str], owners: Sequence[Any], limit: float, used: float) -> FragLine:
    words: list[Any] = []
    size = ascent = descent = 0.0
    last = None
    for char, frag in zip(chars, owners, strict=True):
        if frag is not last:
            words.append(frag.clone(text=""))
            last = frag
            size, ascent = max(size, frag.fontSize), max(ascent, frag.fontSize)
            descent = min(descent, -0.2 * frag.fontSize)
        if char != "\n":
            words[-1].text += char
    ends = bool(chars) and chars[-1] == "\n"
    return FragLine(
        kind=1, extraSpace=limit - used, wordCount=1, words=words, fontSize=size, ascent=ascent,
        descent=descent, maxWidth=limit, currentWidth=used, lineBreak=ends,
    )  # fmt: skip


def _frags(lines: Sequence[Any]) -> list[Any]:
    return [word for line in lines for word in line.words]


def _frag(font: str, text: str, style: ParagraphStyle, **more: Any) -> ParaFrag:
    return ParaFrag(
        fontName=font, fontSize=style.fontSize, textColor=style.textColor, backColor=None, rise=0, greek=0,
        us_lines=[], link=[], bold=0, italic=0, text=text, **more,
    )  # fmt: skip


def _plain_frags(text: str, style: ParagraphStyle) -> list[ParaFrag]:
    """Fragments of a plain text, blanks kept; line ends become line breaks."""
    frags: list[ParaFrag] = []
    for index, line in enumerate(text.replace("\t", TAB).split("\n")):
        if index:
            frags.append(_frag(style.fontName, "", style, lineBreak=True))
        frags.extend(_frag(font, run, style) for font, run in runs(line, style.fontName))
    return frags or [_frag(style.fontName, "", style)]


def prose(text: str, style: ParagraphStyle, *, bullet: str | None = None, anchor: str = "") -> Prose:
    """Make a paragraph of a plain text; nothing in it is markup."""
    made = Prose("", style, bulletText=bullet, frags=_plain_frags(text, style))
    made.anchor = anchor
    return made


def markup(text: str, font: str) -> str:
    """Make reportlab markup of a plain text: escaped, with a font tag where another font is needed."""
    parts = []
    for name, run in runs(text.replace("\n", " ").replace("\t", " "), font):
        escaped = run.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        parts.append(escaped if name == font else f'<font name="{name}">{escaped}</font>')
    return "".join(parts)


def link(text: str, anchor: str, style: ParagraphStyle) -> Prose:
    """Make a paragraph that leads to an anchor of this document."""
    shown = markup(text, style.fontName)
    return Prose(f'<a href="#{anchor}" color="{ACCENT.hexval()}">{shown}</a>', style)
