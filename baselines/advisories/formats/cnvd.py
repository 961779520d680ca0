"""CNVD XML: a list of `vulnerability` elements, or one.

A product is one text with its maker, its name and its version, or `null`, or none: the version is what
the maker's numbering tells apart, or what stands after a comparison; everything else is the name.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

from baselines.advisories import spans
from baselines.advisories.products import label, maker_in, name_key, schemes, shown_name
from baselines.advisories.reading import Feed, Record, Skipped, day_of, xml_root
from baselines.advisories.scores import severity
from baselines.advisory import Advisory, Affected, Fix, Origin, Product

NAME = "CNVD（国家信息安全漏洞共享平台）"
_COMPARISON = re.compile(r"(?:<=|>=|<|>|=|≤|≥|＜|＞)\s*\S")
_VERSION_LIKE = re.compile(
    r"^(?:(?:[A-Za-z]+\d*)?[Vv]\d+[.\dRrCcSsPpHh]\w*\S*|\d+\.\d+\S*|\d+\(\d\S*|[RF]\d{4}\S*|[A-Z]*\d{3}R\d{3}\S*)$"
)
_KIND = re.compile(r"(?:Release|Feature|ESS)\s+\d{4}", re.IGNORECASE)
_NO_FIX = re.compile(
    r"(?:尚未|暂未|未)(?:提供|发布)(?:相关)?(?:漏洞)?(?:修补|修复|补丁|升级|解决)|暂无.{0,6}(?:补丁|修复|解决)"
)


def read(path: Path) -> Feed:
    """Read a list of records or one; raises AdvisoryError for a file that is no XML of this form."""
    root = xml_root(path)
    found = [root] if _local(root) == "vulnerability" else list(_all(root, "vulnerability"))
    return Feed(NAME, "cnvd", str(path), _records(found, path.name))


def _records(found: list[Element], file: str) -> Iterator[Record]:
    for number, element in enumerate(found):
        cnvd = _text(element, "number")
        if not re.fullmatch(r"CNVD-(?:[A-Z]-)?\d{4}-\d+", cnvd):
            where = f"{file} vulnerability.{number}"
            yield Skipped(where, f"number: value {cnvd[:60]!r}: must be like CNVD-2026-00001")
        else:
            yield _advisory(element, cnvd, f"{file} {cnvd}")


def _advisory(element: Element, cnvd: str, where: str) -> Advisory:
    title, text, remedy = _text(element, "title"), _text(element, "description"), _text(element, "formalWay")
    products = _products(element, f"{title} {text}", where)
    fix, no_fix = _remedy(remedy, where)
    vendors = dict.fromkeys(label(product.vendor) for product in products)
    published = day_of(_text(element, "openTime")) or day_of(_text(element, "submitTime"))
    origins = {
        "title": "title",
        "summary": "description",
        "severity": "serverity",
        "published": "openTime",
        "references": "referenceLink",
    }
    return Advisory(
        id=cnvd,
        aliases=tuple(dict.fromkeys(_cves(element))),
        title=title or cnvd,
        vendor="、".join(vendors) or "不详",
        products=tuple(
            replace(each, fixed=(*each.fixed, *([fix] if fix else [])), no_fix=no_fix) for each in products
        ),
        summary=text,
        severity=severity(_text(element, "serverity") or _text(element, "severity")),
        references=tuple(re.findall(r"https?://\S+", f"{_text(element, 'referenceLink')} {remedy}")),
        published=published,
        updated=published,
        source=NAME,
        origins=tuple((name, (Origin(NAME, f"{where} {place}"),)) for name, place in origins.items()),
    )


def _cves(element: Element) -> Iterator[str]:
    for each in _all(element, "cveNumber"):
        yield from re.findall(r"CVE-\d{4}-\d{4,}", (each.text or "").upper())


def _remedy(text: str, where: str) -> tuple[Fix | None, bool]:
    """The remedy is prose and names no version that could be read for sure."""
    if not text:
        return None, False
    if _NO_FIX.search(text):
        return None, True
    return Fix(text=text, inferred=True, origin=Origin(NAME, f"{where} formalWay")), False


# --- products ------------------------------------------------------------------------------------


def _products(element: Element, about: str, where: str) -> tuple[Product, ...]:
    found: dict[tuple[str, str], Product] = {}
    for number, each in enumerate(_all(element, "product")):
        said = " ".join((each.text or "").split())
        if not said:
            continue
        origin = Origin(NAME, f"{where} products.{number}")
        vendor = maker_in(said) or maker_in(about) or said.partition(" ")[0].lower()
        name, version = split_product(vendor, said)
        key = (vendor, name_key(vendor, name))
        product = found.get(key) or Product(name=shown_name(vendor, name), vendor=vendor, origin=origin)
        more = _affected(vendor, name, version, origin)
        found[key] = replace(product, affected=(*product.affected, *more))
    return tuple(replace(each, affected=_gathered(each.affected)) for each in found.values())


def split_product(vendor: str, said: str) -> tuple[str, str]:
    """Part a product's text into its name and what stands for a version; that may be empty."""
    if match := _COMPARISON.search(said):
        return said[: match.start()].strip(), said[match.start() :].strip()
    words = said.split(" ")
    for at in range(1, len(words)):
        rest = " ".join(words[at:])
        if rest.lower() in ("null", "0", "-", "*", "n/a"):
            return " ".join(words[:at]), ""
        if _KIND.match(rest):
            return " ".join(words[:at]), rest
        if _VERSION_LIKE.match(words[at]) and not _is_name(vendor, words[at]):
            return " ".join(words[:at]), rest
    if match := re.search(r"\s*(?:BMC|BIOS|ME|软件|硬件|固件)?\s*版本[:：]?\s*", said):
        return said[: match.start()].strip() or said, said[match.start() :].strip()
    return said, ""


def _is_name(vendor: str, word: str) -> bool:
    known = schemes(vendor)
    return (
        bool(known) and name_key(vendor, word) != "" and not spans.is_base(known, word) and word[:1] in "SsNn"
    )


def _affected(vendor: str, name: str, version: str, origin: Origin) -> tuple[Affected, ...]:
    known = schemes(vendor, name)
    if spans.is_single(known, version):
        return tuple(spans.listed(known, [version], origin))
    return spans.spoken(known, version, origin)


def _gathered(statements: tuple[Affected, ...]) -> tuple[Affected, ...]:
    """Put single builds and branches, one to a `product` element, into one list."""
    plain = [each for each in statements if each == _bare(each)]
    rest = [each for each in statements if each != _bare(each)]
    if not plain:
        return tuple(rest)
    builds = dict.fromkeys(build for each in plain for build in each.builds)
    branches = dict.fromkeys(branch for each in plain for branch in each.branches)
    return (replace(plain[0], builds=tuple(builds), branches=tuple(branches), text=""), *rest)


def _bare(each: Affected) -> Affected | None:
    if not (each.builds or each.branches) or each.patch_to or each.base_to or each.condition:
        return None
    return Affected(builds=each.builds, branches=each.branches, text=each.text, origin=each.origin)


# --- XML -----------------------------------------------------------------------------------------


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _all(element: Element, name: str) -> Iterator[Element]:
    return (each for each in element.iter() if _local(each) == name)


def _text(element: Element, name: str) -> str:
    found = next((each for each in element if _local(each) == name), None)
    return "" if found is None else " ".join("".join(found.itertext()).split())
