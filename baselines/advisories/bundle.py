"""What was imported, kept in the data folder: a folder per version, with a manifest of hashes over all files.

    advisories/current                    name of the version in use
    advisories/trusted/*.pem              public keys that may have signed
    advisories/versions/<version>/
        manifest.json, manifest.sig       hashes, sources and counts; the signature where a key is configured
        records.jsonl                     every record as it was read, with its form
        advisories.jsonl                  merged, of makers whose devices are inspected
        others.jsonl                      merged, of all other makers
        enrichments.jsonl                 KEV and EPSS entries

A version is written whole beside the others and then named in `current`, so that whoever reads meets the
old one or the new one. Old versions stay.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from baselines.advisories import signature
from baselines.advisories.errors import BundleError
from baselines.advisories.merging import Kept
from baselines.advisories.products import product_platforms
from baselines.advisories.reading import Enrichment
from baselines.advisory import Advisory

FOLDER: Final = "advisories"
SCHEMA: Final = 1
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source of a bundle, as it was last imported."""

    name: str
    format: str
    as_of: date | None
    """The day up to which it is complete, as it says, else the day of its newest record."""
    stated: bool
    """Whether the source says that day itself."""
    imported_at: datetime
    records: int
    """Records of it that the bundle holds."""
    skipped: int
    """Records of the last import that gave nothing, each with its reason in the import's result."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a version holds."""

    schema: int
    version: str
    created_at: datetime
    tool_version: str
    sources: tuple[Source, ...]
    files: dict[str, str]
    """SHA-256 by name."""
    advisories: int
    others: int


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def bundle_root(data: Path) -> Path:
    """Where bundles lie in a data folder."""
    return data / FOLDER


class Bundle:
    """One version, read as it is asked for and checked before."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        raw = self._bytes("manifest.json")
        try:
            self.manifest: Manifest = _adapter(Manifest).validate_json(raw)
        except ValidationError as error:
            raise BundleError(
                f"{folder / 'manifest.json'}: is damaged: {error.errors()[0]['msg']}"
            ) from error
        if self.manifest.schema != SCHEMA:
            raise BundleError(f"{folder}: of form {self.manifest.schema}; this program reads form {SCHEMA}")
        self._raw = raw

    def check(self) -> None:
        """Compare every file with its hash; raises BundleError for the first that differs."""
        for name in self.manifest.files:
            self._checked(name)

    def signed_by(self, trusted: Path) -> str:
        """Give the trusted key that signed; empty where no key is trusted, so that none is asked for.

        Raises BundleError where keys are trusted and none of them signed.
        """
        keys = signature.trusted_keys(trusted)
        if not keys:
            return ""
        if not (self.folder / "manifest.sig").exists():
            raise BundleError(f"{self.folder}: is not signed, and only bundles of trusted keys are accepted")
        return signature.check(self._raw, self._bytes("manifest.sig"), keys)

    def advisories(self) -> Iterator[Advisory]:
        """Advisories of makers whose devices are inspected."""
        return self._lines("advisories.jsonl", Advisory)

    def others(self) -> Iterator[Advisory]:
        """Advisories of all other makers."""
        return self._lines("others.jsonl", Advisory)

    def records(self) -> Iterator[Kept]:
        """Every record as it was read."""
        return self._lines("records.jsonl", Kept)

    def enrichments(self) -> Iterator[Enrichment]:
        """KEV and EPSS entries."""
        return self._lines("enrichments.jsonl", Enrichment)

    def _lines(self, name: str, kind: type[_T]) -> Iterator[_T]:
        adapter = _adapter(cast("Any", kind))
        for number, line in enumerate(self._checked(name).splitlines(), 1):
            try:
                yield cast("_T", adapter.validate_json(line))
            except ValidationError as error:
                why = error.errors()[0]["msg"]
                raise BundleError(f"{self.folder / name}: line {number}: is damaged: {why}") from error

    def _checked(self, name: str) -> bytes:
        data = self._bytes(name)
        if sha256(data).hexdigest() != self.manifest.files.get(name):
            raise BundleError(
                f"{self.folder / name}: is not what the manifest says; import the sources again"
            )
        return data

    def _bytes(self, name: str) -> bytes:
        try:
            return (self.folder / name).read_bytes()
        except OSError as error:
            raise BundleError(f"{self.folder / name}: cannot be read: {error}") from error


def current(data: Path) -> Bundle | None:
    """Open the bundle in use; None where nothing was imported. Raises BundleError where it is not whole."""
    pointer = bundle_root(data) / "current"
    try:
        name = pointer.read_text("ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise BundleError(f"{pointer}: cannot be read: {error}") from error
    return version(data, name)


def version(data: Path, name: str) -> Bundle:
    """Open one version by its name; raises BundleError for one that is not there."""
    folder = bundle_root(data) / "versions" / name
    if not name or Path(name).name != name or not folder.is_dir():
        known = ", ".join(versions(data)) or "none"
        raise BundleError(f"no version {name!r} of the advisories; there are: {known}")
    return Bundle(folder)


def versions(data: Path) -> tuple[str, ...]:
    """Names of all versions, the oldest first."""
    folder = bundle_root(data) / "versions"
    return tuple(sorted(p.name for p in folder.glob("*") if p.is_dir() and not p.name.startswith(".")))


def write(
    data: Path,
    *,
    records: Iterable[Kept],
    advisories: Iterable[Advisory],
    enrichments: Iterable[Enrichment],
    sources: tuple[Source, ...],
    now: datetime,
    tool_version: str,
) -> Bundle:
    """Write a new version and put it to use; raises BundleError when it cannot be written."""
    root = bundle_root(data)
    signer = signature.configured_signer()
    known, others = _parted(advisories)
    try:
        (root / "versions").mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".draft.", dir=root / "versions"))
    except OSError as error:
        raise BundleError(f"{root}: cannot be written: {error}") from error
    try:
        files = {
            name: _write_lines(draft / name, kind, values)
            for name, kind, values in (
                ("records.jsonl", Kept, records),
                ("advisories.jsonl", Advisory, known),
                ("others.jsonl", Advisory, others),
                ("enrichments.jsonl", Enrichment, enrichments),
            )
        }
        content = sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()
        manifest = Manifest(
            schema=SCHEMA,
            version=f"{now:%Y%m%dT%H%M%S.%fZ}-{content[:8]}",
            created_at=now,
            tool_version=tool_version,
            sources=sources,
            files=files,
            advisories=len(known),
            others=len(others),
        )
        raw = _adapter(Manifest).dump_json(manifest, indent=1) + b"\n"
        (draft / "manifest.json").write_bytes(raw)
        if signer is not None:
            (draft / "manifest.sig").write_bytes(signer.sign(raw))
        folder = root / "versions" / manifest.version
        draft.rename(folder)
        _point(root / "current", manifest.version)
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        raise BundleError(f"{root}: cannot be written: {error}") from error
    return Bundle(folder)


def _parted(advisories: Iterable[Advisory]) -> tuple[list[Advisory], list[Advisory]]:
    known: list[Advisory] = []
    others: list[Advisory] = []
    for each in advisories:
        ours = any(product_platforms(product) for product in each.products)
        (known if ours else others).append(each)
    return known, others


def _write_lines(path: Path, kind: Any, values: Iterable[object]) -> str:
    adapter = _adapter(kind)
    digest = sha256()
    with path.open("wb") as stream:
        for value in values:
            line = adapter.dump_json(value, exclude_defaults=True) + b"\n"
            digest.update(line)
            stream.write(line)
        stream.flush()
        os.fsync(stream.fileno())
    return digest.hexdigest()


def _point(pointer: Path, name: str) -> None:
    handle, draft = tempfile.mkstemp(prefix=".current.", dir=pointer.parent)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(f"{name}\n")
    Path(draft).replace(pointer)


def described(source: Source) -> dict[str, Any]:
    """Give a source as JSON knows it."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(source).items()
    }
