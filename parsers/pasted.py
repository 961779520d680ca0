"""What stands around an output that somebody copied from a terminal, a post or a test program."""

import re
from collections.abc import Sequence

_PROMPT = re.compile(
    rb"(?:<[^<>\s]{1,80}>|\[[~*]?[^\[\]\s]{1,80}\]|[A-Za-z0-9][\w.-]{0,62}(?:\([\w.-]+\))?[#>])"
    rb"[ \t]*(?P<typed>.*)"
)
_LEAVING = (b"", b"exit", b"quit", b"return")
_ECHO_WITHIN = 4
"""Lines among which the echo stands, where blank lines stand above it."""
_LEAST_MARGIN = 2


def as_printed(raw: bytes, command: str) -> bytes:
    r"""Give an output as the device printed it: without what was typed and without the prompts around it.

    The command may be typed in any view and be cut short, and have more or fewer words than `command`.
    The escapes in which simulation files of test programs keep outputs, `\x20` and `\"`, are undone: no
    switch prints either. Anything else is left as it is.
    """
    lines = raw.replace(rb"\x20", b" ").replace(rb"\"", b'"').split(b"\n")
    lines = lines[_typed_until(lines, command) :]
    last = len(lines)
    while last and _is_left_behind(lines[last - 1]):
        last -= 1
    return b"\n".join(lines[:last]) + (b"\n" if last < len(lines) else b"")


def flush(raw: bytes) -> bytes | None:
    """Take away the margin that all lines but the first have; None where there is none.

    Test programs keep outputs so, indented with the code around them. Some devices print that way too, so
    an output is to be read as it is first.
    """
    first, *rest = raw.expandtabs().split(b"\n")
    margins = [len(line) - len(line.lstrip()) for line in rest if line.strip()]
    margin = min(margins, default=len(first) - len(first.lstrip()))
    if margin < _LEAST_MARGIN:
        return None
    return b"\n".join(
        [first[margin:] if first.startswith(b" " * margin) else first] + [r[margin:] for r in rest]
    )


def _typed_until(lines: Sequence[bytes], command: str) -> int:
    """How many lines stand up to the one in which the command was typed, itself included."""
    for number, line in enumerate(lines[:_ECHO_WITHIN]):
        text = line.strip()
        if text:
            asked = _PROMPT.fullmatch(text)
            return number + 1 if _shortens(asked["typed"] if asked else text, command) else 0
    return 0


def _shortens(typed: bytes, command: str) -> bool:
    """Tell whether the first words are those of the command, cut short or with an object among them."""
    words, wanted = typed.decode("latin-1").lower().split(), command.split()
    words = words[1:] if words[:1] == ["do"] else words
    pairs = list(zip(words, wanted, strict=False))[:3]
    if len(pairs) < 2 or len(words[0]) < 2:
        return False
    return all(
        full.startswith(word) or (at == 2 and any(map(str.isdigit, word)))
        for at, (word, full) in enumerate(pairs)
    )


def _is_left_behind(line: bytes) -> bool:
    """Tell whether the line is blank, or a prompt behind which nothing was asked."""
    text = line.strip()
    prompt = _PROMPT.fullmatch(text)
    return not text or (prompt is not None and prompt["typed"].strip() in _LEAVING)
