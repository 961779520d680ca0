"""The form of what was seen on site: read strictly, errors with their lines."""

from pathlib import Path

import pytest

from baselines.site_form import SiteFormError, load_site_form

GOOD = """\
site: hq
filled_by: 张三
filled_on: 2026-11-20
management_access: bastion
rooms:
  - name: A-101
    devices: [sw1, sw2]
    temperature_c: 23
    note: 照片 12
devices:
  sw1:
    power_feeds: [A, B]
    backup_on: 2026-11-18
  sw2:
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "form.yaml"
    path.write_text(text, "utf-8")
    return path


def test_entries_and_their_lines(tmp_path: Path) -> None:
    filled = load_site_form(written(tmp_path, GOOD))
    assert filled.form.filled_by == "张三"
    assert filled.form.rooms[0].temperature_c == 23
    assert filled.form.devices["sw2"] is None
    assert filled.seen("rooms", 0, "temperature_c").lines == (2, 3, 8)
    assert filled.seen("devices", "sw1", "power_feeds").lines == (2, 3, 12)
    assert filled.text[11] == "    power_feeds: [A, B]"
    room = filled.room_of("sw2")
    assert room is not None
    assert room[1].name == "A-101"
    assert filled.room_of("sw3") is None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "temperature_c: 23",
            "temperature_c: warm",
            "line 8: rooms.0.temperature_c: value 'warm': must be a number",
        ),
        ("temperature_c: 23", "temprature_c: 23", "line 8: rooms.0.temprature_c"),
        (
            "temperature_c: 23",
            "humidity_pct: 140",
            "line 8: rooms.0.humidity_pct: value 140: must be at most 100",
        ),
        (
            "temperature_c: 23",
            "cabling_ok: 'yes'",
            "line 8: rooms.0.cabling_ok: value 'yes': must be true or false",
        ),
        (
            "bastion",
            "bastoin",
            "line 4: management_access: value 'bastoin': must be 'bastion', 'two_factor' or 'none'",
        ),
        ("2026-11-18", "'2026-11-18'", "line 13: devices.sw1.backup_on"),
        ("filled_by: 张三", "filled_by:", "filled_by and filled_on are needed"),
        ("filled_on: 2026-11-20", "filled_on:", "filled_by and filled_on are needed"),
        ("site: hq", "place: hq", "site: is missing"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    path = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(SiteFormError) as caught:
        load_site_form(path)
    assert str(path) in str(caught.value)
    assert says in str(caught.value)


@pytest.mark.parametrize("text", ["", "[]", "a: [", "\t"])
def test_what_is_no_form_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SiteFormError):
        load_site_form(written(tmp_path, text))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SiteFormError, match="cannot be read"):
        load_site_form(tmp_path / "nothing.yaml")
