"""The PDF page by page: bookmarks, links, page numbers, fonts, and nothing clipped."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pdfplumber
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, PdfObject

from reports import style
from tests.reports.pdf_reading import CHAPTERS, SAMPLES, PdfOf, outline, pages_of, squeezed


@pytest.mark.parametrize("name", SAMPLES)
def test_the_seven_chapters_in_order(pdf_of: PdfOf, name: str) -> None:
    tops = [title for depth, title, _ in outline(PdfReader(pdf_of(name))) if depth == 0]
    assert tops == ["文件控制", "一页纸摘要", *CHAPTERS]


@pytest.mark.parametrize("name", SAMPLES)
def test_bookmarks_lead_to_their_headings(pdf_of: PdfOf, name: str) -> None:
    pages = pages_of(pdf_of(name))
    marks = list(outline(PdfReader(pdf_of(name))))
    assert len(marks) > 40
    assert [title for _, title, page in marks if squeezed(title) not in pages[page]] == []
    assert [page for _, _, page in marks] == sorted(page for _, _, page in marks)


def link_targets(reader: PdfReader, page: int) -> list[int]:
    """Page indexes that the links of a page lead to, from top to bottom."""
    found = []
    for annotation in reader.pages[page].get("/Annots", []):
        place = annotation.get_object()["/Dest"]
        target = reader.get_page_number(place[0].get_object())
        assert target is not None
        found.append((-float(annotation.get_object()["/Rect"][3]), target))
    return [target for _, target in sorted(found)]


@pytest.mark.parametrize("name", SAMPLES)
def test_contents_show_and_link_the_right_pages(pdf_of: PdfOf, name: str) -> None:
    reader = PdfReader(pdf_of(name))
    marks = list(outline(reader))
    summary = next(page for _, title, page in marks if title == "一页纸摘要")
    with pdfplumber.open(pdf_of(name)) as pdf:
        lines = {squeezed(x) for page in pdf.pages[2:summary] for x in page.extract_text().split("\n")}
    listed = [(squeezed(title), page) for depth, title, page in marks if depth < 2]
    shown = {re.sub(r"\.{2,}", " ", line) for line in lines}
    assert [(title, page + 1) for title, page in listed if f"{title} {page + 1}" not in shown] == []
    linked = [target for page in range(2, summary) for target in link_targets(reader, page)]
    assert linked == sorted(linked)
    assert set(linked) >= {page for depth, _, page in marks if depth < 2}


def test_problem_numbers_lead_to_their_card_and_digests_to_the_devices_captures(pdf_of: PdfOf) -> None:
    reader = PdfReader(pdf_of("full"))
    pages = pages_of(pdf_of("full"))
    marks = {title: page for _, title, page in outline(reader)}
    cards = {page for title, page in marks.items() if title.startswith("3.2.")}
    assert set(link_targets(reader, marks["3.1 问题总表"])) == cards
    captured = {t for page in cards for t in link_targets(reader, page) if t not in cards}
    assert captured
    assert {page for page in captured if "captures/demo-sw" not in pages[page]} == set()


@pytest.mark.parametrize("name", SAMPLES)
def test_no_heading_is_the_last_thing_on_its_page(pdf_of: PdfOf, name: str) -> None:
    """Below each heading stands at least the beginning of what it is the heading of."""
    path = pdf_of(name)
    marks: dict[int, list[str]] = {}
    for depth, title, page in outline(PdfReader(path)):
        if depth:
            marks.setdefault(page, []).append(squeezed(title))
    with pdfplumber.open(path) as pdf:
        for index, titles in marks.items():
            lines = [squeezed(line) for line in pdf.pages[index].extract_text().split("\n")]
            body = [line for line in lines if not line.startswith("编号：2026")]
            assert body[-1] not in titles, f"page {index + 1}"
            assert body[-1] not in {"本次确认解决的问题", "没有取得或没有完整解析的命令", "证据"}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_page_but_the_cover_says_which_of_how_many_it_is(pdf_of: PdfOf, name: str) -> None:
    pages = pages_of(pdf_of(name))
    assert "共" + str(len(pages)) not in pages[0]
    for number, page in enumerate(pages[1:], start=2):
        assert f"第{number}页/共{len(pages)}页" in page
        assert "密级：内部" in page
        assert "编号：20260314T013000Z-demo-hq" in page


@pytest.mark.parametrize("name", SAMPLES)
def test_only_embedded_subsets_of_the_two_fonts(pdf_of: PdfOf, name: str) -> None:
    seen = set()
    for page in PdfReader(pdf_of(name)).pages:
        for font in _dictionary(_dictionary(page["/Resources"])["/Font"]).values():
            data = _dictionary(font)
            assert "/FontFile2" in _dictionary(data["/FontDescriptor"])
            assert "/ToUnicode" in data
            seen.add(str(data["/BaseFont"]))
    assert {re.sub(r"^/[A-Z]{6}\+", "", font) for font in seen} <= {"NotoSansSC-Regular", "DejaVuSansMono"}
    assert all(re.match(r"/[A-Z]{6}\+", font) for font in seen)


def _dictionary(value: PdfObject) -> DictionaryObject:
    found = value.get_object()
    assert isinstance(found, DictionaryObject)
    return found


def _rules(page: Any) -> list[tuple[float, float, float]]:
    """x, top and bottom of every upright line of a table."""
    return [
        (line["x0"], line["top"], line["bottom"])
        for line in page.lines
        if abs(line["x0"] - line["x1"]) < 0.1 and abs(line["linewidth"] - 0.4) < 0.01
    ]


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_is_clipped_and_no_cell_overflows(pdf_of: PdfOf, name: str) -> None:
    with pdfplumber.open(pdf_of(name)) as pdf:
        for page in pdf.pages:
            where = f"{name} page {page.page_number}"
            chars = [c for c in page.chars if c["text"].strip()]
            left, right = style.MARGIN - 0.5, page.width - style.MARGIN + 0.5
            outside = "".join(c["text"] for c in chars if c["x0"] < left or c["x1"] > right)
            assert outside == "", f"{where}: beyond the margins"
            high = "".join(c["text"] for c in chars if c["top"] < 25 or c["bottom"] > page.height - 18)
            assert high == "", f"{where}: beyond the page's top or bottom"
            crossing = [
                c["text"] for c in chars for x, top, bottom in _rules(page) if _crosses(c, x, top, bottom)
            ]
            assert crossing == [], f"{where}: text over a table's line"
            assert list(_overlaps(chars)) == [], f"{where}: text over text"
            page.close()


def _crosses(char: Any, x: float, top: float, bottom: float) -> bool:
    middle = (char["top"] + char["bottom"]) / 2
    return bool(char["x0"] < x - 0.6 and char["x1"] > x + 0.6 and top < middle < bottom)


def _overlaps(chars: list[Any]) -> Iterator[str]:
    """Neighbours on one line of which one is printed over the other."""
    ordered = sorted(chars, key=lambda c: (round(c["bottom"], 0), c["x0"]))
    for a, b in pairwise(ordered):
        same_line = abs(a["bottom"] - b["bottom"]) < 1.5 and b["x0"] >= a["x0"]
        if same_line and a["x1"] - b["x0"] > 0.35 * min(a["width"], b["width"]) + 0.5:
            yield a["text"] + b["text"]
