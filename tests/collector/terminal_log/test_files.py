"""Archives are read in memory, within limits, and never lead outside."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collector.errors import LogFileError
from collector.terminal_log.files import ArchiveLimits, open_files
from tests.collector.terminal_log.recorded import CHINA

FILES = {"core-1/display version.txt": b"one\n", "一号楼/a.log": b"two\n"}
SMALL = ArchiveLimits(members=4, member_bytes=20_000, total_bytes=40_000, depth=2)


def zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 20, 16, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def tarred(files: Mapping[str, bytes], mode: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            info.mtime = datetime(2026, 11, 20, 8, 0, tzinfo=UTC).timestamp()
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


PACKERS: dict[str, Callable[[Mapping[str, bytes]], bytes]] = {
    "logs.zip": zipped,
    "logs.tar": lambda files: tarred(files, "w:"),
    "logs.tar.gz": lambda files: tarred(files, "w:gz"),
    "logs.tar.bz2": lambda files: tarred(files, "w:bz2"),
    "logs.tar.xz": lambda files: tarred(files, "w:xz"),
    "misnamed.txt": zipped,
}


def contents(path: Path, limits: ArchiveLimits | None = None) -> dict[str, bytes]:
    files = open_files([path], CHINA, limits)
    return {file.name.removeprefix(f"{path}/"): file.data for file in files}


@pytest.mark.parametrize("name", PACKERS)
def test_archives(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(PACKERS[name](FILES))
    assert contents(path, SMALL) == FILES
    assert {file.modified for file in open_files([path], CHINA)} == {datetime(2026, 11, 20, 8, 0, tzinfo=UTC)}
    assert sorted(tmp_path.rglob("*")) == [path]


def test_one_packed_file(tmp_path: Path) -> None:
    path = tmp_path / "core.log.gz"
    path.write_bytes(gzip.compress(b"text\n"))
    assert contents(path) == {"core.log": b"text\n"}


def test_archives_in_archives(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(zipped({"diag.tar.gz": tarred(FILES, "w:gz")}))
    assert contents(path) == {f"diag.tar.gz/{name}": data for name, data in FILES.items()}


def test_a_folder(tmp_path: Path) -> None:
    for name, data in FILES.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(data)
    (tmp_path / "more.zip").write_bytes(zipped({"x.log": b"three\n"}))
    assert contents(tmp_path) == FILES | {"more.zip/x.log": b"three\n"}


def test_names_of_windows_zips_are_read(tmp_path: Path) -> None:
    path = tmp_path / "logs.zip"
    ascii_name = zipped({"AABBCC.log": b"x"})
    path.write_bytes(ascii_name.replace(b"AABBCC.log", "一号楼.log".encode("gbk")))
    assert contents(path) == {"一号楼.log": b"x"}


@pytest.mark.parametrize("name", ["../a.log", "/etc/a.log", "a/../../b.log", "..\\a.log", "C:\\a.log"])
@pytest.mark.parametrize("kind", ["logs.zip", "logs.tar", "logs.tar.gz"])
def test_names_that_lead_outside_refuse_the_archive(tmp_path: Path, kind: str, name: str) -> None:
    path = tmp_path / kind
    path.write_bytes(PACKERS[kind](FILES | {name: b"x"}))
    with pytest.raises(LogFileError, match="leads out of the archive"):
        contents(path)


TOO_MUCH = {
    "too many files": (zipped({f"{n}.log": b"x" for n in range(4)}), "more than 4 files"),
    "a file too large": (zipped({"a.log": b"0" * 20_001}), "a.log: more than 20000 bytes"),
    "too much together": (zipped({f"{n}.log": b"0" * 15_000 for n in range(3)}), "2.log: more than"),
    "a bomb": (zipped({"a.log": b"0" * 10_000_000}), "a.log: more than 20000 bytes"),
    "a tar file too large": (tarred({"a.log": b"0" * 20_001}, "w:gz"), "a.log: more than 20000 bytes"),
    "a packed bomb": (gzip.compress(b"0" * 5_000_000), "more than 20000 bytes"),
    "too deep": (zipped({"a.zip": zipped({"b.zip": zipped({"c.log": b"x"})})}), "more than 2 deep"),
    "a log too large": (b"0" * 20_001, "more than 20000 bytes"),
}


@pytest.mark.parametrize("case", TOO_MUCH)
def test_limits(tmp_path: Path, case: str) -> None:
    data, says = TOO_MUCH[case]
    path = tmp_path / "given"
    path.write_bytes(data)
    with pytest.raises(LogFileError, match=f"{says}.*nothing was imported"):
        contents(path, SMALL)


def test_a_size_in_a_header_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    data = zipped({"a.log": b"0" * 5000})
    path.write_bytes(data.replace((5000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    with pytest.raises(LogFileError):
        contents(path, ArchiveLimits(member_bytes=1000, total_bytes=2000))


def test_links_are_not_followed(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        link = tarfile.TarInfo("a.log")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    path = tmp_path / "a.tar"
    path.write_bytes(buffer.getvalue())
    assert contents(path) == {}


def encrypted(data: bytes) -> bytes:
    """Set the bit that says so, in both headers."""
    at = data.index(b"PK\x01\x02")
    return data[:6] + b"\x01" + data[7 : at + 8] + b"\x01" + data[at + 9 :]


DAMAGED = {
    "cut zip": zipped(FILES)[:60],
    "encrypted zip": encrypted(zipped(FILES)),
    "cut gzip": gzip.compress(b"text" * 100)[:-12],
    "cut tar": tarred(FILES, "w:gz")[:60],
    "zip of nothing": b"PK\x03\x04" + b"\0" * 50,
}


@pytest.mark.parametrize("case", DAMAGED)
def test_damaged_archives_are_one_clear_error(tmp_path: Path, case: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(DAMAGED[case])
    with pytest.raises(LogFileError, match=r"a\.zip"):
        contents(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LogFileError, match="missing"):
        contents(tmp_path / "missing.log")
