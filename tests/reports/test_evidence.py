"""Evidence is printed once, with its lines numbered, and named where it stands already."""

from dataclasses import replace
from typing import Any

from reports import style
from reports.evidence import Cited, Proof, line_numbers
from reports.prose import Prose
from reports.tables import Rows
from tests.reports import sample

ZONE = sample.site().zone


def cited(number: str, first: int, *lines: str, device: str = "demo-sw1") -> Cited:
    return Cited(number, device, replace(sample.evidence("demo-sw1", lines=lines), first_line=first))


def paragraphs(story: list[Any]) -> list[str]:
    return ["".join(f.text for f in part.frags) for part in story if isinstance(part, Prose)]


def tables(story: list[Any]) -> list[list[list[str]]]:
    found: list[Any] = [part for part in story if isinstance(part, Rows)]
    return [
        [["".join(f.text for f in cell.frags) for cell in row] for row in part._cellvalues] for part in found
    ]


def test_pieces_of_one_capture_stand_under_one_caption_with_the_gap_between_them_shown() -> None:
    story = Proof(ZONE).blocks([cited("P002", 7, "g", "h"), cited("P001", 3, "c"), cited("P002", 8, "h")])
    caption, digest = paragraphs(story)
    assert caption == "P002、P001 · demo-sw1 · display power · 第 3、7–8 行 · 2026-03-14 09:30:00（UTC+8）"
    assert digest == f"SHA-256 {sample.digest('demo-sw1display power')}"
    assert tables(story) == [[["3", "c"], ["…", ""], ["7", "g"], ["8", "h"]]]


def test_the_same_output_of_another_device_is_another_capture() -> None:
    story = Proof(ZONE).blocks([cited("P001", 1, "a"), cited("P002", 1, "a", device="demo-sw2")])
    assert [c.split(" · ")[:2] for c in paragraphs(story)[::2]] == [
        ["P001", "demo-sw1"],
        ["P002", "demo-sw2"],
    ]


def test_lines_that_were_printed_before_are_named_not_repeated() -> None:
    proof = Proof(ZONE)
    lines = ("a", "b", "c", "d", "e")
    proof.blocks([cited("P001", 3, *lines)])
    again = proof.blocks([cited("P009", 4, *lines[1:])])
    assert tables(again) == []
    assert paragraphs(again)[0].split(" · ")[3] == "第 4–7 行，原文见 P001"
    further = proof.blocks([cited("P010", 3, *lines, "f")])
    assert len(tables(further)[0]) == 6, "a line that is new is printed with those around it"
    few = proof.blocks([cited("P011", 3, "a", "b")])
    assert tables(few) == [[["3", "a"], ["4", "b"]]]


def test_what_an_output_does_not_say_has_no_lines() -> None:
    story = Proof(ZONE).blocks([cited("P001", 1)])
    absent = replace(sample.evidence("demo-sw1"), lines=())
    story = Proof(ZONE).blocks([Cited("P001", "demo-sw1", absent)])
    assert "全部回显中没有相应的行" in paragraphs(story)[0]
    assert tables(story) == []


def test_many_short_lines_stand_in_two_columns_and_are_all_there() -> None:
    lines = tuple(f"line {n}" for n in range(1, 61))
    parts = [part for part in Proof(ZONE).blocks([cited("P001", 1, *lines)]) if hasattr(part, "_content")]
    found = tables([each for part in parts for each in part._content])
    assert [len(table) for table in found] == [14, 14, 2]
    assert paragraphs(parts[0]._content)[0].endswith("第 1–60 行 · 2026-03-14 09:30:00（UTC+8）")
    assert found[0][0] == ["1", "line 1", "15", "line 15"]
    assert found[2][-1] == ["58", "line 58", "60", "line 60"]
    read = [cell for table in found for side in (1, 3) for row in table for cell in row[side : side + 1]]
    assert read == list(lines)


def test_long_lines_keep_the_width_of_the_page() -> None:
    story = Proof(ZONE).blocks([cited("P001", 1, *("x" * 80 for _ in range(20)))])
    table: Any = next(part for part in story if isinstance(part, Rows))
    assert sum(table._colWidths) == style.TEXT_WIDTH
    assert len(table._cellvalues) == 20


def test_line_numbers() -> None:
    assert line_numbers(cited("P", 5, "a").evidence) == "5"
    assert line_numbers(cited("P", 5, "a", "b").evidence) == "5–6"
