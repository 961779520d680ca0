import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from reports import fonts
from reports.characters import is_unseen, stand_in, visible
from reports.fonts import (
    BODY,
    MONO,
    FontMissingError,
    coverage,
    font_file,
    in_body_font,
    runs,
    shortened,
    text_width,
)

ANY_TEXT = st.text(st.characters(), max_size=60)  # lone surrogates included


@given(ANY_TEXT, st.sampled_from((BODY, MONO)))
def test_every_character_is_in_the_font_that_it_is_given(text: str, wanted: str) -> None:
    for font, run in runs(text, wanted):
        assert [c for c in run if ord(c) not in coverage(font)] == []
        assert [c for c in run if is_unseen(c)] == []


@given(ANY_TEXT)
def test_no_character_is_lost(text: str) -> None:
    shown = "".join(run for _, run in runs(text, BODY))
    for char in text:
        assert char in shown or stand_in(char) in shown or char.isspace()


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("接口 GE1/0/1", BODY, [(BODY, "接口 GE1/0/1")]),
        ("desc 上联 x", MONO, [(MONO, "desc "), (BODY, "上联"), (MONO, " x")]),
        ("✗", BODY, [(MONO, "✗")]),
        ("a😀b", MONO, [(MONO, "a"), (BODY, "□U+1F600"), (MONO, "b")]),
        ("𠮷", BODY, [(BODY, "□U+20BB7")]),
        ("a\u202eb", BODY, [(BODY, "a□U+202Eb")]),
        ("\x07", MONO, [(BODY, "□U+0007")]),
    ],
)
def test_runs(text: str, wanted: str, expected: list[tuple[str, str]]) -> None:
    assert runs(text, wanted) == expected


def test_charts_stay_within_the_body_font() -> None:
    assert in_body_font("✗ 上联 ℃") == "□U+2717 上联 ℃"


def test_every_character_of_gb2312_has_a_drawn_glyph() -> None:
    font = ImageFont.truetype(str(font_file(BODY)), 20)
    codes = [bytes((high, low)) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF)]
    chars = [c for code in codes if (c := code.decode("gb2312", errors="ignore")) and not c.isspace()]
    assert len(chars) > 7000
    assert [c for c in chars if ord(c) not in coverage(BODY) or font.getmask(c).getbbox() is None] == []


def test_a_long_label_is_cut_visibly() -> None:
    cut = shortened("HundredGigabitEthernet1/0/1", 8, 60)
    assert cut.endswith("…")
    assert text_width(cut, 8) <= 60
    assert shortened("短", 8, 60) == "短"


def test_visible_keeps_line_ends() -> None:
    assert visible("a\r\n\tb\x00") == "a□U+000D\n\tb□U+0000"


def test_a_missing_font_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(fonts._FILES, BODY, ("no_such_package_at_all", "x.ttf"))
    with pytest.raises(FontMissingError, match="no_such_package_at_all"):
        font_file(BODY)


def test_finding_the_fonts_starts_no_plotting_library() -> None:
    code = "import sys, reports.fonts as f; f.register(); print({*sys.modules} & {'matplotlib', 'zhplot'})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
