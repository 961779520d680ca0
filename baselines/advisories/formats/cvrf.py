"""CVRF 1.1 and 1.2: the XML parents of CSAF.

Their name spaces differ, so elements are known by their local names.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from baselines.advisories.errors import AdvisoryError
from baselines.advisories.formats.product_tree import (
    Document,
    Leaf,
    Remedy,
    Vulnerability,
    advisory,
    vendor_of,
)
from baselines.advisories.reading import Feed, Record, Skipped, day_of, finite, xml_root
from baselines.advisories.scores import score
from baselines.advisory import Origin, Score

_STATUS = {
    "known affected": "known_affected",
    "first affected": "first_affected",
    "last affected": "last_affected",
    "fixed": "fixed",
    "first fixed": "first_fixed",
    "recommended": "recommended",
    "known not affected": "known_not_affected",
    "under investigation": "under_investigation",
}
_KINDS = {
    "vendor fix": "vendor_fix",
    "workaround": "workaround",
    "mitigation": "mitigation",
    "none available": "none_available",
    "will not fix": "no_fix_planned",
}
_VERSION = ("Product Version", "Service Pack", "Patch Level")


def read(path: Path) -> Feed:
    """Read one document; raises AdvisoryError for one that has not the form."""
    root = xml_root(path)
    number = _inner(root, "DocumentTracking", "Identification", "ID")
    if not number:
        raise AdvisoryError(str(path), ["DocumentTracking.Identification.ID: is missing"])
    found = [each for each in root if _local(each) == "Vulnerability"]
    publisher = _publisher(root)
    document = Document(
        number=number,
        title=_inner(root, "DocumentTitle"),
        publisher=publisher,
        source=f"CVRF（{publisher or '发布者不详'}）",
        file=path.name,
        published=day_of(_inner(root, "DocumentTracking", "InitialReleaseDate")),
        updated=day_of(_inner(root, "DocumentTracking", "CurrentReleaseDate")),
        references=tuple(_texts(root, "DocumentReferences", "URL")),
        severity=_inner(root, "AggregateSeverity"),
        leaves=_leaves(root),
        alone=len(found) == 1,
    )
    feed = Feed(name=document.source, format="cvrf", file=str(path), records=iter(()), as_of=document.updated)
    feed.records = _records(document, found)
    return feed


def _records(document: Document, found: list[Element]) -> Iterator[Record]:
    if not found:
        yield Skipped(document.number, "the document holds no vulnerability")
    for number, each in enumerate(found):
        yield advisory(document, _vulnerability(each, document, number), number)


def _publisher(root: Element) -> str:
    """Name the publisher; many say only that it is the vendor, who is then the first of the tree."""
    said = _inner(root, "DocumentPublisher", "IssuingAuthority")
    if said and len(said) <= 60:
        return said
    tree = _child(root, "ProductTree")
    vendors = [] if tree is None else [e for e in tree.iter() if e.get("Type") == "Vendor"]
    return (vendors[0].get("Name") or "") if vendors else ""


# --- product tree --------------------------------------------------------------------------------


def _leaves(root: Element) -> dict[str, Leaf]:
    leaves: dict[str, Leaf] = {}
    tree = _child(root, "ProductTree")
    open_: list[tuple[Element, tuple[tuple[str, str], ...]]] = [] if tree is None else [(tree, ())]
    while open_:
        element, above = open_.pop(0)
        path = above
        if _local(element) == "Branch":
            path = (*above, (element.get("Type", ""), " ".join(element.get("Name", "").split())))
        for child in element:
            if _local(child) == "FullProductName":
                one = child.get("ProductID", "")
                leaves[one] = _leaf(one, " ".join((child.text or "").split()), path)
            elif _local(child) in ("Branch", "Relationship"):
                open_.append((child, path))
    return leaves


def _leaf(one: str, full: str, path: tuple[tuple[str, str], ...]) -> Leaf:
    words = dict(path)
    name = " ".join(words[each] for each in ("Product Family", "Product Name") if words.get(each)) or full
    version = next((words[each] for each in _VERSION if words.get(each)), "")
    if words.get("Product Family") and words["Product Family"] in words.get("Product Name", ""):
        name = words["Product Name"]
    return Leaf(
        vendor=vendor_of(words.get("Vendor", ""), full),
        name=name,
        version=version,
        place=f"ProductTree {one}",
    )


# --- vulnerabilities -----------------------------------------------------------------------------


def _vulnerability(each: Element, document: Document, number: int) -> Vulnerability:
    place = f"Vulnerability.{number}"
    statuses: dict[str, list[str]] = {}
    for status in _under(each, "ProductStatuses", "Status"):
        kind = status.get("Type", "").lower()
        statuses.setdefault(_STATUS.get(kind, kind), []).extend(_texts(status, "ProductID"))
    return Vulnerability(
        cve=_inner(each, "CVE"),
        ids=tuple(_texts(each, "ID")),
        title=_inner(each, "Title"),
        text="\n".join(_note(note) for note in _under(each, "Notes", "Note")),
        statuses=statuses,
        remedies=tuple(_remedy(remedy, f"{place} Remediation.{n}") for n, remedy in _numbered(each)),
        scores=tuple(_scores(each, document, place)),
        references=tuple(_texts(each, "References", "URL")),
        place=place,
    )


def _numbered(each: Element) -> Iterator[tuple[int, Element]]:
    return iter(list(enumerate(_under(each, "Remediations", "Remediation"))))


def _note(note: Element) -> str:
    return " ".join("".join(note.itertext()).split())


def _remedy(remedy: Element, place: str) -> Remedy:
    kind = remedy.get("Type", "").lower()
    return Remedy(
        kind=_KINDS.get(kind, kind),
        text=_inner(remedy, "Description"),
        url=_inner(remedy, "URL"),
        ids=tuple(_texts(remedy, "ProductID")),
        place=place,
    )


def _scores(each: Element, document: Document, place: str) -> Iterator[Score]:
    for sets in (e for e in each if _local(e) == "CVSSScoreSets"):
        for one in sets.iter():
            if not _local(one).startswith("ScoreSet"):
                continue
            base = next((_note(e) for e in one if _local(e).startswith("BaseScore")), "")
            vector = next((_note(e) for e in one if _local(e).startswith("Vector")), "")
            version = "2.0" if _local(one) in ("ScoreSet", "ScoreSetV2") else "3.0"
            made = score(
                finite(base),
                vector,
                Origin(document.source, f"{document.file} {place} CVSSScoreSets"),
                by=document.publisher,
                by_vendor=True,
                version=version,
            )
            if made is not None:
                yield made


# --- XML -----------------------------------------------------------------------------------------


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _child(element: Element, name: str) -> Element | None:
    return next((each for each in element if _local(each) == name), None)


def _inner(element: Element, *names: str) -> str:
    """Give the text at a path of local names; empty where there is none."""
    found: Element | None = element
    for name in names:
        found = None if found is None else _child(found, name)
    return "" if found is None else _note(found)


def _under(element: Element, outer: str, name: str) -> Iterator[Element]:
    box = _child(element, outer)
    return iter(()) if box is None else (each for each in box.iter() if _local(each) == name)


def _texts(element: Element, *names: str) -> Iterator[str]:
    """Give the texts of all elements of the last name, inside the first where two are given."""
    box: Element | None = element if len(names) == 1 else _child(element, names[0])
    if box is not None:
        for each in box if len(names) == 1 else box.iter():
            if _local(each) == names[-1] and _note(each):
                yield _note(each)
