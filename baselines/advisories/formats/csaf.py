"""CSAF 2.0: a document of one publisher with a product tree and vulnerabilities."""

from collections.abc import Iterator
from pathlib import Path

from baselines.advisories.cpe import parse_cpe
from baselines.advisories.errors import AdvisoryError
from baselines.advisories.formats.product_tree import (
    Document,
    Leaf,
    Remedy,
    Vulnerability,
    advisory,
    vendor_of,
)
from baselines.advisories.reading import Feed, Json, Record, RecordError, Skipped, whole_json
from baselines.advisories.scores import score
from baselines.advisory import Origin, Score

_VERSION = ("product_version", "product_version_range")
_NAMES = ("product_name", "product_family")
_SCORES = ("cvss_v4", "cvss_v3", "cvss_v2")


def read(path: Path) -> Feed:
    """Read one document; raises AdvisoryError for one that has not the form."""
    data = whole_json(path)
    try:
        document, vulnerabilities = _document(Json(data), path.name)
    except RecordError as error:
        raise AdvisoryError(str(path), [str(error)]) from error
    return Feed(
        name=document.source,
        format="csaf",
        file=str(path),
        records=_records(document, vulnerabilities),
        as_of=document.updated,
    )


def _records(document: Document, vulnerabilities: list[Json]) -> Iterator[Record]:
    if not vulnerabilities:
        yield Skipped(document.number, "the document holds no vulnerability")
    for number, each in enumerate(vulnerabilities):
        try:
            yield advisory(document, _vulnerability(each, document), number)
        except RecordError as error:
            yield Skipped(f"{document.number} vulnerabilities.{number}", str(error))


def _document(data: Json, file: str) -> tuple[Document, list[Json]]:
    about = data.object("document")
    tracking = about.object("tracking")
    number = tracking.text("id")
    if not number:
        raise RecordError(f"{tracking.at('id')}: is missing")
    publisher = about.object("publisher").text("name")
    vulnerabilities = list(data.objects("vulnerabilities"))
    tree = data.object("product_tree")
    leaves = dict(_leaves(tree))
    document = Document(
        number=number,
        title=about.text("title"),
        publisher=publisher,
        source=f"CSAF（{publisher or '发布者不详'}）",
        file=file,
        published=tracking.day("initial_release_date"),
        updated=tracking.day("current_release_date"),
        references=tuple(each.text("url") for each in about.objects("references")),
        severity=about.object("aggregate_severity").text("text"),
        leaves=leaves | dict(_related(tree, leaves)),
        alone=len(vulnerabilities) == 1,
    )
    return document, vulnerabilities


# --- product tree --------------------------------------------------------------------------------


def _leaves(tree: Json) -> Iterator[tuple[str, Leaf]]:
    """Every product with an id; branches are walked without recursion, so that depth costs nothing."""
    for each in tree.objects("full_product_names"):
        yield _leaf(each, (), each)
    open_: list[tuple[Json, tuple[tuple[str, str], ...]]] = [(each, ()) for each in tree.objects("branches")]
    while open_:
        branch, above = open_.pop(0)
        path = (*above, (branch.text("category"), branch.text("name")))
        if "product" in branch.value:
            yield _leaf(branch.object("product"), path, branch)
        open_ += [(each, path) for each in branch.objects("branches")]


def _leaf(product: Json, path: tuple[tuple[str, str], ...], at: Json) -> tuple[str, Leaf]:
    one = product.text("product_id")
    if not one:
        raise RecordError(f"{product.at('product_id')}: is missing")
    full = product.text("name")
    words = dict(path)
    helper = product.object("product_identification_helper")
    cpe = parse_cpe(helper.text("cpe"))
    name = next((words[each] for each in _NAMES if each in words), "") or (full if not path else path[-1][1])
    version = next((words[each] for each in _VERSION if each in words), "")
    vendor = words.get("vendor", "") or (cpe.vendor if cpe else "")
    return one, Leaf(
        vendor=vendor_of(vendor, name if path else full),
        name=name,
        version=version,
        models=helper.texts("model_numbers"),
        place=at.place,
    )


def _related(tree: Json, leaves: dict[str, Leaf]) -> Iterator[tuple[str, Leaf]]:
    """A product on or in another: its own version, and the other's name beside its own."""
    for each in tree.objects("relationships"):
        one = each.object("full_product_name").text("product_id")
        first, second = each.text("product_reference"), each.text("relates_to_product_reference")
        if not (one and first in leaves and second in leaves):
            raise RecordError(f"{each.place}: names a product that the tree does not have")
        piece, whole = leaves[first], leaves[second]
        hardware = each.text("category") == "installed_on"
        name = whole.name if hardware and not piece.name else f"{piece.name}（{whole.name}）"
        yield (
            one,
            Leaf(
                vendor=piece.vendor or whole.vendor,
                name=name,
                version=piece.version or whole.version,
                models=whole.models or piece.models,
                place=each.place,
            ),
        )


# --- vulnerabilities -----------------------------------------------------------------------------


def _vulnerability(each: Json, document: Document) -> Vulnerability:
    status = each.object("product_status")
    notes = [
        note.text("text")
        for note in each.objects("notes")
        if note.text("category") in ("summary", "description")
    ]
    return Vulnerability(
        cve=each.text("cve"),
        ids=tuple(i.text("text") for i in each.objects("ids") if not i.text("text").startswith("http")),
        title=each.text("title"),
        text="\n".join(notes),
        statuses={name: status.texts(name) for name in status.value},
        remedies=tuple(
            Remedy(
                kind=remedy.text("category"),
                text=remedy.text("details"),
                url=remedy.text("url"),
                ids=remedy.texts("product_ids"),
                place=remedy.place,
            )
            for remedy in each.objects("remediations")
        ),
        scores=tuple(_scores(each, document)),
        references=tuple(r.text("url") for r in each.objects("references")),
        place=each.place,
    )


def _scores(each: Json, document: Document) -> Iterator[Score]:
    for scored in each.objects("scores"):
        for name in _SCORES:
            data = scored.object(name)
            made = score(
                data.number("baseScore"),
                data.text("vectorString"),
                Origin(document.source, f"{document.file} {data.place}"),
                by=document.publisher,
                version=data.text("version"),
            )
            if made is not None:
                yield made
