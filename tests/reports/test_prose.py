import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import fonts, style
from reports.prose import CANNOT_START, break_lines, link, prose

fonts.register()


def broken(text: str, limit: float) -> list[str]:
    """Lines of a text whose every character is one wide."""
    return [text[a:b] for a, b in break_lines(text, [1.0] * len(text), [limit])]


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("端口 Ten-GigabitEthernet1/0/1 关闭", 25, ["端口 ", "Ten-GigabitEthernet1/0/1 ", "关闭"]),
        ("Ten-GigabitEthernet1/0/1", 12, ["Ten-Gigabit", "Ethernet1/0/", "1"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("电源故障，冗余失效。", 4, ["电源故", "障，冗余", "失效。"]),
        ("一\n二三", 9, ["一\n", "二三"]),
        ("a  b", 2, ["a  ", "b"]),
        ("（括号）不落行尾", 4, ["（括号）", "不落行尾"]),
        ("前一（后）", 4, ["前一", "（后）"]),
    ],
)
def test_lines(text: str, limit: float, lines: list[str]) -> None:
    assert broken(text, limit) == lines


@given(st.text(st.sampled_from("ab9-/. 电源，（）\nGE"), max_size=80), st.integers(2, 20))
def test_nothing_is_lost_and_nothing_sticks_out(text: str, limit: int) -> None:
    lines = broken(text, limit)
    assert "".join(lines) == text
    assert [line for line in lines if len(line.rstrip(" \n")) > limit] == []
    assert all(lines)


@given(st.text(st.sampled_from("ab电源，。"), max_size=80))
def test_no_line_begins_with_a_closing_mark_when_it_can_be_helped(text: str) -> None:
    for line, before in zip(broken(text, 6)[1:], broken(text, 6), strict=False):
        if line[0] in CANNOT_START:  # only where the marks themselves fill the line before
            assert not any("\u4e00" <= c <= "\u9fff" for c in before[1:])


def test_splitting_over_pages_neither_adds_nor_loses_a_character() -> None:
    text = "甲乙丙丁 interface Ten-GigabitEthernet1/0/1 " * 40
    whole = prose(text, style.TEXT)
    _, height = whole.wrap(200, 10_000)
    first, rest = whole.split(200, height / 2)
    assert "".join(frag.text for part in (first, rest) for frag in part.frags) == text


def test_blanks_of_device_output_are_kept() -> None:
    made = prose("  a   b\n\tc", style.EVIDENCE)
    made.wrap(400, 100)
    assert ["".join(word.text for word in line.words) for line in made.blPara.lines] == [
        "  a   b",
        " " * 8 + "c",
    ]


def test_a_plain_text_is_no_markup() -> None:
    assert "".join(f.text for f in prose("<b>&amp;</b>", style.TEXT).frags) == "<b>&amp;</b>"
    assert "".join(f.text for f in link("<b>&amp; 😀", "x", style.TEXT).frags) == "<b>&amp; □U+1F600"
