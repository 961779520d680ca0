"""The two embedded fonts, and which characters each of them has."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from reports.characters import is_unseen, stand_in

BODY = "NotoSansSC"
MONO = "DejaVuSansMono"

# Found by their packages' places only: importing either package would start matplotlib.
_FILES = {
    BODY: ("zhplot", "fonts/NotoSansSC-Regular.ttf"),
    MONO: ("matplotlib", "mpl-data/fonts/ttf/DejaVuSansMono.ttf"),
}
_OTHER = {BODY: MONO, MONO: BODY}


class FontMissingError(RuntimeError):
    """A font file that the installation should have brought is not there."""


def font_file(name: str) -> Path:
    """Where the file of a font lies; FontMissingError when its package lacks it."""
    package, inside = _FILES[name]
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / inside
        if path.is_file():
            return path
    raise FontMissingError(f"字体文件缺失：应由 Python 包 {package} 提供 {inside}，请重新安装 xunjian 的依赖")


@cache
def register() -> Mapping[str, TTFont]:
    """Make both fonts known to reportlab; has an effect once."""
    fonts = {name: TTFont(name, str(font_file(name))) for name in _FILES}
    for font in fonts.values():
        pdfmetrics.registerFont(font)
    return fonts


@cache
def coverage(name: str) -> frozenset[int]:
    """The code points for which a font has a glyph."""
    return frozenset(register()[name].face.charToGlyph)


@cache
def _glyph(char: str, wanted: str) -> tuple[str, str]:
    """Font and text for one character: the wanted font, else the other, else a visible stand-in."""
    if unicodedata.category(char) == "Zs" and ord(char) not in coverage(wanted):
        return wanted, " "
    for font in (wanted, _OTHER[wanted]):
        if not is_unseen(char) and ord(char) in coverage(font):
            return font, char
    return BODY, stand_in(char)


def runs(text: str, wanted: str) -> list[tuple[str, str]]:
    """Split one line of text into (font, text) so that every character has a glyph."""
    glyphs = (_glyph(char, wanted) for char in text)
    return [(font, "".join(t for _, t in group)) for font, group in groupby(glyphs, key=lambda g: g[0])]


def in_body_font(text: str) -> str:
    """Make a text drawable with the body font alone, as charts need it."""
    return "".join(t if font == BODY else stand_in(t) for font, t in runs(text, BODY))


@cache
def char_width(char: str, font: str, size: float) -> float:
    """Advance of one character in points."""
    return float(pdfmetrics.stringWidth(char, font, size))


def text_width(text: str, size: float, font: str = BODY) -> float:
    """Advance of a text in points."""
    return sum(char_width(char, font, size) for char in text)


def shortened(text: str, size: float, width: float) -> str:
    """Make a chart label fit into a width in points; what is left out is marked by `…`."""
    text = in_body_font(text)
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text + "…"
