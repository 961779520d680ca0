"""The files that somebody sent: plain ones, folders, and what is packed in zip, tar and gzip.

Nothing is ever unpacked to disk. Names inside archives only tell devices and commands apart, and an
archive with a name that leads out of it is refused as a whole.
"""

import gzip
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

from collector.errors import LogFileError

_BROKEN = (
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
)
"""What the archive modules raise for archives that are damaged, encrypted or of an unknown method."""
_UTF8_NAME = 0x800


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLimits:
    """How much may come out of everything given for one import."""

    members: int = 5000
    member_bytes: int = 256_000_000
    total_bytes: int = 1_000_000_000
    depth: int = 3
    """Archives inside archives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFile:
    """One file as it came."""

    name: str
    """Path as given; inside archives `archive.zip/folder/file.log`."""
    data: bytes
    modified: datetime
    """When it was last written; UTC, aware."""


@dataclass(slots=True)
class _Budget:
    limits: ArchiveLimits
    members: int = 0
    total: int = 0

    def read(self, name: str, stream: IO[bytes] | gzip.GzipFile) -> bytes:
        """Read one file whole. What a header says of its size is not believed."""
        self.members += 1
        if self.members > self.limits.members:
            raise LogFileError(f"{name}: more than {self.limits.members} files; nothing was imported")
        left = min(self.limits.member_bytes, self.limits.total_bytes - self.total)
        data = stream.read(left + 1)
        if len(data) > left:
            raise LogFileError(f"{name}: more than {left} bytes; nothing was imported")
        self.total += len(data)
        return data


def open_files(
    paths: Iterable[Path], zone: tzinfo, limits: ArchiveLimits | None = None
) -> tuple[LogFile, ...]:
    """Read every file of these paths, archives unpacked, in a stable order.

    `zone` is that of the times inside zip archives. Raises LogFileError for what cannot be read, for
    archives that are damaged or encrypted, and beyond the limits.
    """
    budget = _Budget(limits or ArchiveLimits())
    return tuple(file for path in paths for file in _of_path(path, budget, zone))


def _of_path(path: Path, budget: _Budget, zone: tzinfo) -> Iterator[LogFile]:
    try:
        inside = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for each in inside:
            with each.open("rb") as stream:
                data = budget.read(str(each), stream)
            modified = datetime.fromtimestamp(each.stat().st_mtime, UTC)
            yield from _unpacked(LogFile(name=str(each), data=data, modified=modified), budget, zone, 0)
    except OSError as error:
        raise LogFileError(f"{path}: {error.strerror or error}") from error


def _unpacked(file: LogFile, budget: _Budget, zone: tzinfo, depth: int) -> Iterator[LogFile]:
    members = _members(file, budget, zone)
    if members is None:
        yield file
        return
    if depth == budget.limits.depth:
        raise LogFileError(f"{file.name}: archives more than {depth} deep; nothing was imported")
    for member in members:
        yield from _unpacked(member, budget, zone, depth + 1)


def _members(file: LogFile, budget: _Budget, zone: tzinfo) -> Iterator[LogFile] | None:
    """What is packed in a file; None when it is no archive."""
    if file.data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip_members(file, budget, zone)
    with _readable(file.name):
        if tarfile.is_tarfile(BytesIO(file.data)):
            return _tar_members(file, budget)
    return _gzip_member(file, budget) if file.data[:2] == b"\x1f\x8b" else None


def _zip_members(file: LogFile, budget: _Budget, zone: tzinfo) -> Iterator[LogFile]:
    with _readable(file.name), zipfile.ZipFile(BytesIO(file.data)) as archive:
        for info in archive.infolist():
            if info.is_dir() or stat.S_ISLNK(info.external_attr >> 16):
                continue
            name = _inside(file.name, _zip_name(info))
            with archive.open(info) as stream:
                data = budget.read(name, stream)
            yield LogFile(name=name, data=data, modified=_zip_time(info, zone) or file.modified)


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Names without the UTF-8 flag come from Windows, in the code page of that machine."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _zip_time(info: zipfile.ZipInfo, zone: tzinfo) -> datetime | None:
    try:
        local = datetime(*info.date_time)  # noqa: DTZ001 - zip knows no zones; given on the next line
        return local.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _tar_members(file: LogFile, budget: _Budget) -> Iterator[LogFile]:
    with _readable(file.name), tarfile.open(fileobj=BytesIO(file.data), mode="r:*") as archive:
        for info in archive:
            most = budget.limits.member_bytes
            if info.size > most:
                raise LogFileError(f"{file.name}/{info.name}: more than {most} bytes; nothing was imported")
            stream = archive.extractfile(info) if info.isfile() else None
            if stream is None:
                continue
            name = _inside(file.name, info.name)
            data = budget.read(name, stream)
            yield LogFile(name=name, data=data, modified=_time(info.mtime) or file.modified)


def _time(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _gzip_member(file: LogFile, budget: _Budget) -> Iterator[LogFile]:
    name = f"{file.name}/{PurePosixPath(file.name).name.removesuffix('.gz')}"
    with _readable(file.name), gzip.GzipFile(fileobj=BytesIO(file.data)) as stream:
        yield LogFile(name=name, data=budget.read(name, stream), modified=file.modified)


def _inside(archive: str, name: str) -> str:
    """Path of a member; raises LogFileError when it leads out of its archive."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or parts[0] == "/" or ".." in parts or ":" in parts[0]:
        raise LogFileError(f"{archive}: the name {name!r} leads out of the archive; nothing was imported")
    return "/".join((archive, *parts))


@contextmanager
def _readable(name: str) -> Iterator[None]:
    try:
        yield
    except LogFileError:
        raise
    except _BROKEN as error:
        raise LogFileError(f"{name}: archive damaged, encrypted or of an unknown kind: {error}") from error
