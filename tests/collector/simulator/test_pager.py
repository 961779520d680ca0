"""What a pager leaves behind is read as if there had been none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.platform import platforms
from collector.simulator.dialects import DIALECTS
from collector.simulator.pager import Pager
from parsers.text import clean

LINE = st.text(alphabet=" abc#<>[]-.:0/%端口", max_size=90)


@pytest.mark.parametrize("platform", sorted(DIALECTS))
@given(
    lines=st.lists(LINE, max_size=60), keys=st.lists(st.sampled_from([b" ", b"\r", b"\n", b"?"]), max_size=99)
)
def test_lines_are_read_as_they_were_printed(platform: str, lines: list[str], keys: list[bytes]) -> None:
    pager = Pager((f"{line}\r\n".encode() for line in [*lines, "last line"]), DIALECTS[platform])
    shown = [pager.page(), *(pager.key(key) for key in keys if not pager.done)]
    while not pager.done:
        shown.append(pager.key(b" "))
    raw = b"<sw>display x\r\n" + b"".join(shown) + b"\r\n"
    expected = (*(line.rstrip() for line in lines), "last line")
    assert clean(raw, "display x", platforms()[platform].prompt) == expected
