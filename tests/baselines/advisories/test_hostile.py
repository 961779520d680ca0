"""Files that somebody made to hurt: one clear error with file and place, or a record counted as skipped."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baselines.advisories import reading
from baselines.advisories.detection import FORMATS, open_feed
from baselines.advisories.errors import AdvisoryError
from baselines.advisories.reading import JsonFeed, Skipped
from baselines.advisory import Advisory
from tests.baselines.advisories.feeds import ALL, CNVD, CSAF, CVE5, NVD11, NVD20, YAML, put

DEEP = 100_000
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><vulnerability><number>&i;</number></vulnerability>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    "<vulnerability><number>&a;</number></vulnerability>"
)
ALIASES = "name: x\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'x'}]\n" for n in range(12)
)
BROKEN = [
    ("nothing", "", "of no known form"),
    ("another thing", "hello", "of no known form"),
    ("deep list", "[" * DEEP, "nested deeper than 64 levels"),
    ("deep object", '{"CVE_Items":' * DEEP, "nested deeper than 64 levels"),
    ("deep in a record", json.dumps(NVD11)[:-1] + ', "x": ' + "[" * 200 + "]" * 200 + "}", "deeper than 64"),
    ("cut off in a record", json.dumps({"CVE_Items": [NVD11, NVD11]})[:-300], "CVE_Items.1: no valid JSON"),
    ("cut off after a record", '{"CVE_Items": [' + json.dumps(NVD11), "ends in the midst"),
    ("no JSON after all", '{"CVE_Items": [nonsense', "CVE_Items.0: no valid JSON"),
    ("entities", BOMB, "a DTD or entities are not accepted"),
    ("a file outside", OUTSIDE, "a DTD or entities are not accepted"),
    ("deep XML", "<vulnerability>" * 5000, "no valid XML"),
    ("deep XML, closed", "<vulnerability>" * 900 + "</vulnerability>" * 900, "nested deeper than 64"),
    ("XML cut off", CNVD[:400], "no valid XML"),
    ("aliases without end", ALIASES + "advisories: []\n", "by aliases"),
    ("YAML in itself", "name: &a [*a]\nadvisories: []\n", "into itself"),
    ("deep YAML", "advisories: " + "[" * 5000, "no valid YAML"),
    ("YAML cut off", YAML[: YAML.index("severity") + 4], "no valid YAML"),
    ("EPSS without columns", "#model_version:x\ncve,epss,percentile\n", ""),
]


def read(path: Path) -> list[object]:
    return list(open_feed(path).records)


@pytest.mark.parametrize(("name", "content", "says"), BROKEN, ids=[name for name, _, _ in BROKEN])
def test_one_clear_error_with_the_file(tmp_path: Path, name: str, content: str, says: str) -> None:
    file = put(tmp_path, "cve5", content, name="feed")
    if not says:
        assert read(file) == []
        return
    with pytest.raises(AdvisoryError) as caught:
        read(file)
    assert says in str(caught.value)
    assert str(file) in str(caught.value)
    assert len(str(caught.value)) < 2_000


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(AdvisoryError, match="cannot be read"):
        open_feed(tmp_path / "none.json")


def test_binary_is_no_feed(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(b"\x00\x01\x02\xff" * 100)
    with pytest.raises(AdvisoryError, match="of no known form"):
        open_feed(file)


def test_a_broken_workbook(tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    file.write_bytes(b"PK\x03\x04" + b"\x00" * 50)
    with pytest.raises(AdvisoryError, match="no Excel workbook"):
        open_feed(file)


def test_a_packed_file_that_is_cut_off(tmp_path: Path) -> None:
    file = tmp_path / "feed.json.gz"
    file.write_bytes(gzip.compress(json.dumps({"CVE_Items": [NVD11] * 50}).encode())[:-40])
    with pytest.raises(AdvisoryError, match="cannot be read"):
        read(file)


def test_a_document_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("baselines.advisories.reading.MOST_RECORD", 1 << 20)
    monkeypatch.setattr(reading.whole_bytes, "__defaults__", (1 << 20,))
    big = CSAF | {"padding": "x" * (2 << 20)}
    with pytest.raises(AdvisoryError, match=r"larger than 1 MB|more than 1 MB"):
        read(put(tmp_path, "csaf", big))


def test_a_feed_that_is_too_large_is_told_before_it_is_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("baselines.advisories.reading.MOST_FEED", 1 << 20)
    file = put(tmp_path, "nvd11", {"CVE_Items": [NVD11] * 2000})
    with pytest.raises(AdvisoryError, match="more than 1 MB: import it in parts"):
        read(file)


def test_a_large_feed_is_never_held_whole(tmp_path: Path) -> None:
    file = tmp_path / "feed.json"
    with file.open("w") as stream:
        stream.write('{"CVE_Items": [')
        stream.writelines(f"{',' if n else ''}{json.dumps(NVD11)}" for n in range(10_000))
        stream.write("]}")
    assert file.stat().st_size > 6 << 20
    feed = JsonFeed(file, ("CVE_Items",))
    held = 0
    records = 0
    for _ in feed.records():
        records += 1
        held = max(held, len(feed._text))
    assert records == 10_000
    assert held < 3 << 20


WRONG_TYPES = [
    ("nvd11", NVD11 | {"configurations": []}, "configurations: value []: must be an object"),
    ("nvd11", NVD11 | {"publishedDate": 7}, "publishedDate: value 7: must be a text"),
    ("nvd11", NVD11 | {"publishedDate": "yesterday"}, "must be a date"),
    ("nvd20", NVD20 | {"configurations": {"nodes": 1}}, "configurations: value {'nodes': 1}: must be a list"),
    ("nvd20", NVD20 | {"metrics": {"cvssMetricV31": [3]}}, "cvssMetricV31.0: value 3: must be an object"),
    ("cve5", CVE5 | {"containers": "x"}, "containers: value 'x': must be an object"),
    ("cve5", CVE5 | {"cveMetadata": {}}, "cveMetadata.cveId: is missing"),
]


@pytest.mark.parametrize(("form", "content", "says"), WRONG_TYPES)
def test_a_record_of_wrong_types_is_counted_with_place_and_value(
    tmp_path: Path, form: str, content: dict[str, Any], says: str
) -> None:
    (record,) = FORMATS[form](put(tmp_path, form, content)).records
    assert isinstance(record, Skipped)
    assert says in record.reason


def test_a_document_of_wrong_types_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AdvisoryError, match=r"product_tree.branches: value 'x': must be a list"):
        open_feed(put(tmp_path, "csaf", CSAF | {"product_tree": {"branches": "x"}}))


# --- whatever somebody changes -------------------------------------------------------------------

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(max_size=20),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=4), st.integers(), max_size=2),
)


def places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from places(inner, (*path, number))


def changed(value: Any, path: tuple[str | int, ...], new: object) -> Any:
    if not path:
        return new
    first, *rest = path
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    copy[first] = changed(value[first], tuple(rest), new)
    return copy


def records_of(form: str, file: Path) -> list[object]:
    """Read a file; one that is refused, with its name in the error, holds none."""
    try:
        return list((FORMATS[form](file) if form else open_feed(file)).records)
    except AdvisoryError as error:
        refused = str(error)
    assert str(file) in refused
    return []


@pytest.mark.parametrize("form", ["cve5", "nvd11", "nvd20", "csaf", "kev"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_value_in_any_place_is_read_skipped_or_refused(
    tmp_path: Path, form: str, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(list(places(ALL[form]))))
    content = changed(ALL[form], path, data.draw(VALUES))
    for record in records_of(form, put(tmp_path, form, json.dumps(content))):
        if isinstance(record, Skipped):
            assert record.reason
        if isinstance(record, Advisory):
            assert record.id


@pytest.mark.parametrize("form", list(ALL))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_file_cut_off_anywhere_is_read_or_refused(tmp_path: Path, form: str, data: st.DataObject) -> None:
    whole = put(tmp_path, form).read_bytes()
    file = tmp_path / "cut"
    file.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
    records_of("", file)
