"""Which form a file has, told by what is in it and never by its name."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from baselines.advisories.errors import AdvisoryError
from baselines.advisories.formats import (
    cnvd,
    csaf,
    cve5,
    cvrf,
    epss,
    kev,
    nvd11,
    nvd20,
    own_table,
    own_yaml,
)
from baselines.advisories.reading import Feed, JsonFeed, head_of

FORMATS: Final[Mapping[str, Callable[[Path], Feed]]] = {
    "cve5": cve5.read,
    "nvd20": nvd20.read,
    "nvd11": nvd11.read,
    "csaf": csaf.read,
    "cvrf": cvrf.read,
    "cnvd": cnvd.read,
    "kev": kev.read,
    "epss": epss.read,
    "own_yaml": own_yaml.read,
    "own_table": own_table.read,
}
_KNOWN = "CVE 5, NVD 1.1 and 2.0, CSAF 2.0, CVRF, CNVD, KEV, EPSS and our own YAML and tables"
_ARRAYS = ("CVE_Items", "vulnerabilities", "cve_items", "cves", "records")
_ELEMENT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s>/]")


def open_feed(path: Path) -> Feed:
    """Find out the form and open the file; records are read as they are asked for.

    Raises AdvisoryError for a file of no known form, or one that has it and cannot be read.
    """
    return FORMATS[format_of(path)](path)


def format_of(path: Path) -> str:
    """Name the form of a file; raises AdvisoryError for one of none."""
    head = head_of(path)
    if head[:4] == b"PK\x03\x04":
        return "own_table"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] in (b"{", b"["):
        found = _json(path)
    elif text[:1] == b"<":
        found = _xml(text)
    else:
        found = _plain(text)
    if not found:
        raise AdvisoryError(
            str(path),
            [f"file: of no known form; read are {_KNOWN}"],
        )
    return found


def _xml(head: bytes) -> str:
    elements = [name.decode("ascii", "replace") for name in _ELEMENT.findall(head)]
    if elements[:1] == ["cvrfdoc"]:
        return "cvrf"
    return "cnvd" if "vulnerability" in elements or "vulnerabilitys" in elements else ""


def _plain(head: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        text = head.decode(encoding, "ignore")
        first = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
        names = {name.strip().strip('"').casefold() for name in re.split(r"[,;\t]", first)}
        if {"cve", "epss", "percentile"} <= names:
            return "epss"
        if names & {heading.casefold() for heading in own_table.COLUMNS["id"]}:
            return "own_table"
        if re.search(r"^advisories:", text, re.MULTILINE) or re.match(r"(name|as_of|note):", first):
            return "own_yaml"
    return ""


def _json(path: Path) -> str:
    """Look at the names on top and at the first record of a list: a few of them tell each form apart."""
    file = JsonFeed(path, _ARRAYS)
    first = next((record for _, record in file.records()), None)
    top = file.head
    inner: dict[str, Any] = first if isinstance(first, dict) else {}
    for found in (_by_record(inner), _by_top(top), _by_record(top)):
        if found:
            return found
    return ""


def _by_top(top: Mapping[str, Any]) -> str:
    if "document" in top:
        return "csaf"
    if "catalogVersion" in top:
        return "kev"
    if str(top.get("format", "")).startswith("NVD_CVE"):
        return "nvd20"
    return "nvd11" if "CVE_data_type" in top else ""


def _by_record(record: Mapping[str, Any]) -> str:
    cve = record.get("cve")
    if "cveMetadata" in record:
        return "cve5"
    if "cveID" in record:
        return "kev"
    if isinstance(cve, dict):
        return "nvd11" if "CVE_data_meta" in cve else "nvd20"
    if "product_status" in record:
        return "csaf"
    return "nvd20" if "id" in record and ("descriptions" in record or "configurations" in record) else ""
