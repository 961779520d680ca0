"""The file of host keys, as we change it and as OpenSSH reads it."""

import shutil
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import paramiko
import pytest

from collector.errors import HostKeyError
from collector.host_keys import HostKeyRules, fingerprint, fingerprint_md5
from collector.known_hosts import remember

OLD, NEW = paramiko.ECDSAKey.generate(), paramiko.ECDSAKey.generate()
NAME, OTHER = "192.0.2.1", "[192.0.2.2]:2222"


def line(names: str, key: paramiko.PKey, rest: str = "") -> str:
    return f"{names} {key.get_name()} {key.get_base64()}{rest}\n"


@pytest.mark.parametrize(
    ("before", "instead", "after"),
    [
        ("", False, line(NAME, NEW)),
        ("# note\n\n", False, "# note\n\n" + line(NAME, NEW)),
        (line(NAME, NEW), False, line(NAME, NEW)),
        (line(f"{NAME},{OTHER}", NEW, " remark"), False, line(f"{NAME},{OTHER}", NEW, " remark")),
        (line(OTHER, OLD), True, line(OTHER, OLD) + line(NAME, NEW)),
        (line(NAME, OLD), True, line(NAME, NEW)),
        (line(f"{NAME},{OTHER}", OLD, " remark"), True, line(OTHER, OLD, " remark") + line(NAME, NEW)),
        (line(paramiko.HostKeys.hash_host(NAME), OLD), True, line(NAME, NEW)),
        ("unreadable\n" + line(NAME, OLD), True, "unreadable\n" + line(NAME, NEW)),
        (line(NAME, OLD).rstrip(), True, line(NAME, NEW)),
    ],
)
def test_only_the_lines_of_the_host_change(tmp_path: Path, before: str, after: str, *, instead: bool) -> None:
    path = tmp_path / "new" / "known_hosts"
    if before:
        path.parent.mkdir()
        path.write_text(before, "utf-8")
        path.chmod(0o644)
    for _ in range(2):
        remember(path, NAME, NEW, instead=instead)
        assert path.read_text("utf-8") == after
    assert path.stat().st_mode & 0o777 == 0o600
    assert NEW in HostKeyRules((path,)).known(NAME)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text(line(OTHER, OLD), "utf-8")
    link.symlink_to(real)
    remember(link, NAME, NEW)
    assert link.is_symlink()
    assert real.read_text("utf-8") == line(OTHER, OLD) + line(NAME, NEW)


def test_many_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "known_hosts"
    names = [f"192.0.2.{number}" for number in range(1, 41)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda name: remember(path, name, NEW), names * 2))
    assert sorted(text.split()[0] for text in path.read_text("utf-8").splitlines()) == sorted(names)


def test_a_file_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(HostKeyError, match="无法写入"):
        remember(tmp_path / "file" / "known_hosts", NAME, NEW)


@pytest.mark.parametrize(("form", "ours"), [("sha256", fingerprint), ("md5", fingerprint_md5)])
def test_fingerprints_are_those_of_openssh(
    tmp_path: Path, form: str, ours: Callable[[paramiko.PKey], str]
) -> None:
    program = shutil.which("ssh-keygen")
    if program is None:
        pytest.skip("no OpenSSH here")
    path = tmp_path / "key.pub"
    path.write_text(f"{NEW.get_name()} {NEW.get_base64()}\n", "utf-8")
    said = subprocess.run(
        [program, "-l", "-E", form, "-f", str(path)], capture_output=True, text=True, check=True
    )
    assert said.stdout.split()[1] == ours(NEW)
