from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.simulator.texts import PlaceholderError, render

NOW = datetime(2026, 3, 1, 0, 0, 30, 7654, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("no placeholder {1} %Y", "no placeholder {1} %Y"),
        ("{{now|%H:%M:%S %Z}}", "00:00:30 UTC"),
        ("{{now+90s|%Y-%m-%d %H:%M:%S}}", "2026-03-01 00:02:00"),
        ("{{now-3d2h|%b %d %Y %H:%M}}", "Feb 25 2026 22:00"),
        ("{{now+1m1s|%M:%S}} and {{now-1s|%S}}", "01:31 and 29"),
        ("{{now|%S.%3f}} {{now|%f}}", "30.007 007654"),
        ("{{now|100%%3f %%}}", "100%3f %"),
        ("a\n{{now|%Y}}\n", "a\n2026\n"),
    ],
)
def test_placeholders_become_times(text: str, shown: str) -> None:
    assert render(text, NOW) == shown


def test_any_time_zone_is_shown_as_utc() -> None:
    there = NOW.astimezone(timezone(timedelta(hours=8)))
    assert render("{{now|%d %H:%M %Z}}", there) == "01 00:00 UTC"


@pytest.mark.parametrize(
    "bad",
    ["{{today|%Y}}", "{{now}}", "{{now|}}", "{{now+3w|%Y}}", "{{now+|%Y}}", "{{}}", "{{now|%Y", "{{now|%Y}"],
)
def test_an_unknown_placeholder_is_named_with_its_place(bad: str) -> None:
    with pytest.raises(PlaceholderError, match=r"^line 2, column 4: unknown placeholder ") as caught:
        render(f"{{{{now|%Y}}}}\nab {bad} cd", NOW)
    assert bad in str(caught.value)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="timezone-aware"):
        render("{{now|%Y}}", NOW.replace(tzinfo=None))


@given(st.text(alphabet=st.characters(exclude_characters="{}")))
def test_text_without_placeholders_is_left_alone(text: str) -> None:
    assert render(text, NOW) == text


@pytest.mark.parametrize(("age_s", "shown"), [(0, "100"), (1, "102"), (3.5, "108")])
def test_a_counter_grows_with_the_age_of_the_device(age_s: float, shown: str) -> None:
    assert render("{{grow|100|2.5}} CRC", NOW, age_s) == f"{shown} CRC"
