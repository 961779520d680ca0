from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.evidence import CONTEXT_LINES, FINDING_LINES, PIECE_LINES, EvidenceBook, Output
from parsers.seen import Seen

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
LINES = tuple(f"line {number}" for number in range(1, 101))
A, B = "a" * 64, "b" * 64
BOOK = EvidenceBook(
    {A: Output(lines=LINES, collected_at=AT), B: Output(lines=("only", "two"), collected_at=AT)}
)


def seen(*lines: int, capture: str = A) -> Seen:
    return Seen(capture, "display something", lines)


def shown(*what: Seen) -> list[tuple[int, int]]:
    """First and last line of each piece."""
    return [(e.first_line, e.first_line + len(e.lines) - 1) for e in BOOK.evidence(what)]


@pytest.mark.parametrize(
    ("lines", "pieces"),
    [
        ((5,), [(4, 6)]),
        ((1,), [(1, 2)]),
        ((100,), [(99, 100)]),
        ((5, 7), [(4, 8)]),
        ((5, 8), [(4, 9)]),
        ((5, 20), [(4, 6), (19, 21)]),
        ((20, 5, 5), [(4, 6), (19, 21)]),
        ((5, 6), [(4, 7)]),
        ((5, 6, 7), [(5, 7)]),
        (tuple(range(5, 20)), [(5, 16), (17, 19)]),
        (tuple(range(1, 90)), [(1, 12), (13, 24), (25, 36), (37, 40)]),
    ],
)
def test_neighbouring_lines_make_one_piece(lines: tuple[int, ...], pieces: list[tuple[int, int]]) -> None:
    assert shown(seen(*lines)) == pieces


def test_several_rows_of_one_output_are_put_together() -> None:
    assert shown(seen(20), seen(5), seen(21)) == [(4, 6), (19, 22)]


def test_each_output_has_its_own_pieces() -> None:
    pieces = BOOK.evidence([seen(2, capture=B), seen(5)])
    assert [(piece.sha256, piece.lines) for piece in pieces] == [
        (B, ("only", "two")),
        (A, ("line 4", "line 5", "line 6")),
    ]
    assert {piece.collected_at for piece in pieces} == {AT}


def test_a_short_output_as_a_whole_is_shown_a_long_one_is_not() -> None:
    assert [piece.lines for piece in BOOK.evidence([seen(capture=B)])] == [("only", "two")]
    assert [piece.lines for piece in BOOK.evidence([seen()])] == [()]


def test_no_secret_is_shown() -> None:
    lines = ("#", " snmp-agent community write cipher XJCANARY", "rsa public-key-code begin", "3048AB", "x")
    book = EvidenceBook({A: Output(lines=lines, collected_at=AT)})
    text = "\n".join(book.evidence([seen(2, 4)])[0].lines)
    assert "community write" in text
    assert "XJCANARY" not in text
    assert "3048AB" not in text


def test_an_output_nobody_has_is_an_error() -> None:
    with pytest.raises(KeyError):
        BOOK.evidence([seen(1, capture="c" * 64)])


@given(st.lists(st.integers(1, 100), min_size=1, max_size=60))
def test_pieces_are_short_disjoint_and_begin_with_what_was_seen(numbers: Sequence[int]) -> None:
    pieces = BOOK.evidence([seen(*numbers)])
    printed = [e.first_line + i for e in pieces for i in range(len(e.lines))]
    assert printed == sorted(set(printed))
    assert len(printed) <= FINDING_LINES
    assert all(0 < len(piece.lines) <= PIECE_LINES for piece in pieces)
    assert all(
        line == f"line {n}" for n, line in zip(printed, (x for e in pieces for x in e.lines), strict=True)
    )
    assert min(abs(printed[0] - number) for number in numbers) <= CONTEXT_LINES
    assert len(printed) == FINDING_LINES or set(numbers) <= set(printed)
