"""`xunjian advisories`: importing feeds, and looking at what is known."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

from agent.console import Console
from agent.exit_codes import ExitCode
from baselines.advisories import bundle as bundles
from baselines.advisories.bundle import Bundle, bundle_root, described
from baselines.advisories.collection import everything, shipped
from baselines.advisories.importing import FileRead, Imported, import_files
from baselines.advisories.signature import TRUSTED, check, public_key
from baselines.advisory import Advisory, Affected, Bound, Product
from collector.errors import XunjianError

_REJECTED = "the number was rejected or withdrawn"
_MOST_LINES = 20


class UnknownAdvisoryError(XunjianError):
    """No advisory has this number."""


def import_advisories(files: Sequence[Path], data: Path, console: Console) -> ExitCode:
    """Read feeds into a new bundle and say what became of every record.

    Code 1 says that records were skipped that are not simply withdrawn. Raises XunjianError for a file that
    cannot be used; nothing is changed then.
    """
    with console.meter("importing", [str(file) for file in files]) as meter:
        done = import_files(
            files,
            data,
            now=datetime.now(UTC),
            tool_version=installed("xunjian"),
            on_record=lambda file, count: meter.device(Path(file).name, f"{count} records", 0, 0),
        )
    manifest = done.bundle.manifest
    for file in _told(done.files):
        console.say(file)
    for name in done.passed_over:
        console.note(f"{name}: of no known form, passed over")
    for reason, count in sorted(done.reasons.items()):
        console.note(f"skipped {count}: {reason}")
    console.say(
        f"{done.new} new, {done.changed} changed, {done.same} as before; now {manifest.advisories} "
        f"advisories of makers that are inspected, {manifest.others} of others"
    )
    signed = (done.bundle.folder / "manifest.sig").exists()
    console.say(
        f"version {manifest.version}, {'signed' if signed else 'not signed'}, in {done.bundle.folder}"
    )
    console.result(_result(done, signed=signed))
    withdrawn = done.reasons.get(_REJECTED, 0)
    return ExitCode.CLEAN if done.reasons.total() == withdrawn else ExitCode.FINDINGS


def _told(files: Sequence[FileRead]) -> Iterator[str]:
    """Each file, where they are few; else how many of each form."""
    if len(files) <= _MOST_LINES:
        for file in files:
            yield f"{file.file}: {file.format}, {_counts([file])}"
        return
    for form in dict.fromkeys(file.format for file in files):
        mine = [file for file in files if file.format == form]
        yield f"{len(mine)} files of {form}: {_counts(mine)}"


def _counts(files: Sequence[FileRead]) -> str:
    parts = {
        "advisories": sum(file.advisories for file in files),
        "list entries": sum(file.enrichments for file in files),
        "skipped": sum(len(file.skipped) for file in files),
    }
    return ", ".join(f"{count} {what}" for what, count in parts.items() if count) or "nothing"


def _result(done: Imported, *, signed: bool) -> dict[str, Any]:
    return {
        "version": done.bundle.manifest.version,
        "signed": signed,
        "new": done.new,
        "changed": done.changed,
        "same": done.same,
        "advisories": done.bundle.manifest.advisories,
        "others": done.bundle.manifest.others,
        "passed_over": done.passed_over,
        "skipped": dict(sorted(done.reasons.items())),
        "files": [
            {
                "file": file.file,
                "format": file.format,
                "source": file.source,
                "advisories": file.advisories,
                "entries": file.enrichments,
                "skipped": [{"record": each.record, "reason": each.reason} for each in file.skipped],
            }
            for file in done.files
        ],
        "sources": [described(source) for source in done.bundle.manifest.sources],
    }


# --- looking -------------------------------------------------------------------------------------


def list_advisories(data: Path, vendor: str, text: str, console: Console, *, every: bool) -> ExitCode:
    """List what is known, optionally of one maker, or with a word in number, title or product."""
    wanted = [each for each in everything(data, others=every) if _fits(each, vendor, text)]
    rows = [
        (
            each.id,
            each.vendor,
            each.severity,
            "-" if each.cvss is None else f"{each.cvss:g}",
            "KEV" if each.kev else "",
            _day(each.updated),
            each.title if len(each.title) <= 60 else f"{each.title[:60]}…",
        )
        for each in wanted
    ]
    console.table(("number", "vendor", "severity", "CVSS", "known", "updated", "title"), rows, long="title")
    console.say(f"{len(rows)} advisories")
    console.result({"advisories": [_brief(each) for each in wanted]})
    return ExitCode.CLEAN


def _fits(advisory: Advisory, vendor: str, text: str) -> bool:
    from baselines.advisories.products import label, maker_key

    if vendor and label(maker_key(vendor)) not in advisory.vendor.split("、"):
        return False
    words = (*advisory.names(), *advisory.part_of, advisory.title, *(p.name for p in advisory.products))
    return not text or any(text.lower() in word.lower() for word in words)


def _brief(advisory: Advisory) -> dict[str, Any]:
    return {
        "id": advisory.id,
        "aliases": list(advisory.aliases),
        "vendor": advisory.vendor,
        "kind": advisory.kind,
        "severity": advisory.severity,
        "cvss": advisory.cvss,
        "kev": advisory.kev is not None,
        "epss": advisory.epss.probability if advisory.epss else None,
        "hint": advisory.hint,
        "published": _day(advisory.published),
        "updated": _day(advisory.updated),
        "title": advisory.title,
    }


def show_advisory(number: str, data: Path, console: Console) -> ExitCode:
    """Show everything that is known under a number, with where each part is from.

    Raises UnknownAdvisoryError where no advisory has it.
    """
    name = number.strip().upper()
    found = [
        each
        for each in everything(data, others=True)
        if name in each.names() or name in (bulletin.upper() for bulletin in each.part_of)
    ]
    if not found:
        raise UnknownAdvisoryError(
            f"no advisory has the number {number}; `xunjian advisories list --all` names them all"
        )
    for each in found:
        for line in _lines(each):
            console.say(line)
    console.result({"advisories": [_plain(asdict(each)) for each in found]})
    return ExitCode.CLEAN


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _lines(advisory: Advisory) -> Iterator[str]:
    yield f"{advisory.id}  {advisory.title}"
    yield from _line("aliases", advisory.aliases)
    yield from _line("part of", advisory.part_of)
    score = advisory.score
    told = f"CVSS {score.base:g} ({score.version or '-'}, {score.by or '-'})" if score else "no CVSS"
    yield f"  {advisory.kind}, {advisory.vendor}, {advisory.severity}, {told}"
    yield f"  published {_day(advisory.published)}, updated {_day(advisory.updated)}, from {advisory.source}"
    if advisory.kev:
        yield f"  known to be exploited since {advisory.kev.added}"
    if advisory.epss:
        yield f"  EPSS {advisory.epss.probability:.2%} on {_day(advisory.epss.day)} ({advisory.epss.model})"
    if advisory.ssvc:
        yield f"  SSVC: exploitation {advisory.ssvc.exploitation}, automatable {advisory.ssvc.automatable}"
    yield from _line("hint only", [advisory.hint] if advisory.hint else [])
    yield from _line("condition", [advisory.feature.detail] if advisory.feature else [])
    yield from _line("workaround", [each.text for each in advisory.workarounds])
    for product in advisory.products:
        yield from _product(product)
    for conflict in advisory.conflicts:
        yield f"  conflict: {conflict.note}"
        yield from (f"    {said.origin.source}: {said.value}" for said in conflict.said)
    yield from _line("see", advisory.references)
    for field, origins in advisory.origins:
        yield f"  {field} from {'; '.join(f'{o.source} {o.place}'.strip() for o in origins)}"


def _line(what: str, values: Iterable[str]) -> Iterator[str]:
    yield from (f"  {what}: {value}" for value in values)


def _product(product: Product) -> Iterator[str]:
    where = f" on {', '.join(product.on)}" if product.on else ""
    yield f"  product {product.name}{where}"
    yield from (f"    affected: {_statement(each)}" for each in product.affected)
    yield from (f"    not affected: {_statement(each)}" for each in product.unaffected)
    if not product.affected:
        yield "    affected: no version is named"
    for fix in product.fixed:
        bases = f" for {', '.join(fix.for_bases)}" if fix.for_bases else ""
        yield f"    fixed in: {fix.said}{bases}{' (from prose)' if fix.inferred else ''}"
    if product.no_fix:
        yield "    the source says that there is no fix"


def _statement(said: Affected) -> str:
    parts = [
        ", ".join(said.builds),
        ", ".join(f"{branch} and all under it" for branch in said.branches),
        _ends("", said.base_from, said.base_to),
        _ends("patch ", said.patch_from, said.patch_to),
        "all versions" if said.every else "",
        f"condition: {said.condition}" if said.condition else "",
    ]
    origin = f"  [{said.origin.source} {said.origin.place}]" if said.origin else ""
    return "; ".join(part for part in parts if part) + (" (from prose)" if said.inferred else "") + origin


def _ends(what: str, low: Bound | None, high: Bound | None) -> str:
    left = f"{what}{'>=' if low.inclusive else '>'} {low.version}" if low else ""
    right = f"{what}{'<=' if high.inclusive else '<'} {high.version}" if high else ""
    return " and ".join(part for part in (left, right) if part)


def _day(day: date | None) -> str:
    return "-" if day is None else day.isoformat()


# --- versions of the bundle ----------------------------------------------------------------------


def diff_versions(data: Path, old: str, new: str, console: Console) -> ExitCode:
    """Say what one version of the bundle has that another has not; raises BundleError for an unknown one.

    Without names the last version is held against the one before.
    """
    names = bundles.versions(data)
    if not old and len(names) < 2:
        raise UnknownAdvisoryError("there are not two versions yet to be compared; import something first")
    before = bundles.version(data, old or names[-2])
    after = bundles.version(data, new or names[-1])
    left, right = _by_id(before), _by_id(after)
    added = [right[name] for name in right.keys() - left.keys()]
    gone = [left[name] for name in left.keys() - right.keys()]
    changed = [right[name] for name in left.keys() & right.keys() if left[name] != right[name]]
    for what, found in (("new", added), ("changed", changed), ("gone", gone)):
        for each in sorted(found, key=lambda one: one.id):
            console.say(f"{what}: {each.id}  {each.title}")
    console.say(
        f"{before.manifest.version} .. {after.manifest.version}: "
        f"{len(added)} new, {len(changed)} changed, {len(gone)} gone"
    )
    console.result(
        {
            "old": before.manifest.version,
            "new": after.manifest.version,
            "added": sorted(each.id for each in added),
            "changed": sorted(each.id for each in changed),
            "gone": sorted(each.id for each in gone),
        }
    )
    return ExitCode.CLEAN


def _by_id(held: Bundle) -> dict[str, Advisory]:
    return {each.id: each for part in (held.advisories(), held.others()) for each in part}


def verify_bundle(data: Path, name: str, key: Path | None, console: Console) -> ExitCode:
    """Compare every file with its hash, and the signature with the trusted keys, or with one that is named.

    Raises BundleError for what does not fit.
    """
    held = bundles.version(data, name) if name else bundles.current(data)
    if held is None:
        raise UnknownAdvisoryError(f"nothing was imported into {bundle_root(data)} yet")
    held.check()
    if key is None:
        signer = held.signed_by(bundle_root(data) / TRUSTED)
    else:
        signer = check(
            (held.folder / "manifest.json").read_bytes(), _signature(held), dict([public_key(key)])
        )
    said = f"signed by {signer}" if signer else "not checked for a signature: no key is trusted"
    console.say(f"{held.manifest.version}: all {len(held.manifest.files)} files as they were written; {said}")
    console.result({"version": held.manifest.version, "hashes": True, "signed_by": signer or None})
    return ExitCode.CLEAN


def _signature(held: Bundle) -> bytes:
    try:
        return (held.folder / "manifest.sig").read_bytes()
    except OSError as error:
        raise UnknownAdvisoryError(f"{held.folder}: is not signed") from error


def show_age(data: Path, limit_days: int, console: Console) -> ExitCode:
    """Say how old each source is; code 1 where one is older than the limit, or nobody knows how old."""
    today = datetime.now(UTC).date()
    file = shipped()
    held = bundles.current(data)
    sources = [(file.name, file.as_of, file.count, "-")]
    sources += [
        (s.name, s.as_of, s.records, _day(s.imported_at.date()))
        for s in (held.manifest.sources if held else ())
    ]
    rows = []
    stale = []
    for name, as_of, count, imported in sources:
        days = None if as_of is None else (today - as_of).days
        old = days is None or days > limit_days
        stale += [name] if old else []
        rows.append(
            (
                name,
                _day(as_of),
                "-" if days is None else str(days),
                str(count),
                imported,
                "stale" if old else "",
            )
        )
    console.table(("source", "complete to", "days", "records", "imported", ""), rows)
    console.say(f"limit {limit_days} days; what was published since then is not known")
    console.result(
        {
            "limit_days": limit_days,
            "sources": [
                {"name": r[0], "as_of": r[1], "records": int(r[3]), "stale": r[0] in stale} for r in rows
            ],
        }
    )
    return ExitCode.FINDINGS if stale else ExitCode.CLEAN
