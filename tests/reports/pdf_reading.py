"""What a reader's program finds in a PDF: pages, bookmarks, chapters."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pypdf import PdfReader

CHAPTERS = (
    "局点基本信息",
    "巡检汇总信息",
    "巡检问题汇总",
    "检查结果说明",
    "风险项告知",
    "巡检资源清单",
    "结论",
)
SAMPLES = ("full", "spotless", "nothing_reached", "crowded", "endless")
PdfOf = Callable[[str], Path]


def squeezed(text: str) -> str:
    """Without blanks and line ends, which depend on where lines are broken."""
    return re.sub(r"\s+", "", text)


@cache
def pages_of(path: Path) -> list[str]:
    return [squeezed(page.extract_text()) for page in PdfReader(path).pages]


def outline(reader: PdfReader) -> Iterator[tuple[int, str, int]]:
    """Depth, title and page index of every bookmark, in order."""

    def walk(items: list[Any], depth: int) -> Iterator[tuple[int, str, int]]:
        for item in items:
            if isinstance(item, list):
                yield from walk(item, depth + 1)
            else:
                page = reader.get_destination_page_number(item)
                assert page is not None
                yield depth, str(item.title), page

    yield from walk(reader.outline, 0)


def chapter_text(path: Path, title: str) -> str:
    """All text from a chapter's bookmark to the next one of its depth."""
    reader = PdfReader(path)
    tops = [(name, page) for depth, name, page in outline(reader) if depth == 0]
    index = [name for name, _ in tops].index(title)
    end = tops[index + 1][1] if index + 1 < len(tops) else len(reader.pages)
    return "".join(pages_of(path)[tops[index][1] : end])
