"""Output page by page, until the reader has seen it all or has had enough."""

from collections.abc import Iterator
from itertools import islice

from collector.simulator.dialects import Dialect

_PAGE_LINES = 23
_SPACE, _QUIT, _CTRL_C = b" ", b"qQ", b"\x03"
_ENTER = b"\r\n"


class Pager:
    """Hands out the bytes of one output as its keys ask for them."""

    def __init__(self, lines: Iterator[bytes], dialect: Dialect) -> None:
        self._lines = lines
        self._ahead = next(lines, None)
        self._dialect = dialect

    @property
    def done(self) -> bool:
        """Nothing is left to show."""
        return self._ahead is None

    def page(self, lines: int = _PAGE_LINES) -> bytes:
        """The next lines, and the pager's own line when more follow."""
        shown = [] if self._ahead is None else [self._ahead, *islice(self._lines, lines - 1)]
        self._ahead = next(self._lines, None)
        return b"".join(shown) + (b"" if self.done else self._dialect.more)

    def key(self, byte: bytes) -> bytes:
        """Answer a key: space for a page, Enter for a line, q or Ctrl-C for the end, others nothing."""
        if byte == _SPACE:
            return self._dialect.erase + self.page()
        if byte in _ENTER:
            return self._dialect.erase + self.page(1)
        if byte in _QUIT or byte == _CTRL_C:
            self._ahead = None
            return self._dialect.erase
        return b""
