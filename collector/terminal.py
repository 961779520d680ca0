"""From bytes of a terminal to the lines that a person would have seen."""

import re

_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[()][0-9A-Za-z]|[=>78])")
# The looks behind keep long rows of blanks or dashes from being tried at every place.
_PAGER = re.compile(r"(?:(?<!\s)\s+|(?<!-))-{2,}\s*more\s*-{2,}\s*", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00\x07\x0b\x7f]")

# Pagers wipe their line by going back and writing over it, or by erasing up to its end; what a line
# shows afterwards, its indentation above all, is only right when these moves are followed.
_LEFT = re.compile(r"\x1b\[(\d{0,3})D")
_ERASE_TO_END = re.compile(r"\x1b\[0?K")
_MOVES = re.compile(r"[\r\b\x0b]")


def decode(raw: bytes) -> str:
    """Decode a device's bytes: UTF-8, else GB18030, which older firmware uses for descriptions.

    Bytes that are neither become U+FFFD, so that they can be seen and never vanish.
    """
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", errors="replace")


def shown_lines(text: str) -> list[str]:
    """Follow the moves of the cursor; drop terminal codes and what pagers wrote."""
    text = _UNSEEN.sub("", text)
    text = _LEFT.sub(lambda move: "\b" * int(move[1] or 1), text)
    text = _ANSI.sub("", _ERASE_TO_END.sub("\x0b", text))
    return [_PAGER.sub("", _overstruck(line)) for line in re.split(r"\r*\n", text)]


def _overstruck(line: str) -> str:
    """What remains visible of a line after its carriage returns, backspaces and erasures (VT)."""
    if not _MOVES.search(line):
        return line
    shown: list[str] = []
    column = 0
    for char in line:
        if char == "\r":
            column = 0
        elif char == "\b":
            column = max(0, column - 1)
        elif char == "\x0b":
            del shown[column:]
        else:
            shown[column : column + 1] = [char]
            column += 1
    return "".join(shown)
