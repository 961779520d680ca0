"""Characters that a reader would not see, and what is printed in their place."""

import unicodedata

_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


def is_unseen(char: str) -> bool:
    """Tell whether this character shows nothing by itself: controls, format marks, lone surrogates."""
    return unicodedata.category(char) in _UNSEEN


def stand_in(char: str) -> str:
    """Give the visible text for a character that cannot be shown, e.g. `□U+1F600`."""
    return f"□U+{ord(char):04X}"


def visible(text: str) -> str:
    """Replace what cannot be seen, line ends and tabs excepted, so that nothing hides in a text."""
    return "".join(c if c in "\n\t" or not is_unseen(c) else stand_in(c) for c in text)
