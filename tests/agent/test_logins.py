"""Secrets from files and programs, through the real command: found, or told before any device is touched."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
)

from collector.simulator.record import Login
from tests.agent.place import GOOD, PASSWORD, Place, place, simulated

PHRASE = "XJCANARY-LOGIN-phrase"


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Place]:
    """A device that wants a key or a password, and the key in `keys/id` beside the inventory."""
    key = Ed25519PrivateKey.generate()
    path = tmp_path / "keys" / "id"
    path.parent.mkdir()
    path.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, BestAvailableEncryption(PHRASE.encode()))
    )
    path.chmod(0o600)
    public = key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    device = simulated(GOOD)
    device.accounts = (replace(device.accounts[0], public_key=public),)
    yield from place(tmp_path, device)


def scan(there: Place, credential: dict[str, Any], phrase: str = PHRASE) -> subprocess.CompletedProcess[str]:
    """Scan with this credential, from another folder than the inventory's, and nobody to ask."""
    data = yaml.safe_load(there.inventory.read_text("utf-8"))
    data["credentials"] = {"ops": {"username": "inspector", **credential}}
    there.inventory.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return subprocess.run(
        there.command("--check", "SYS-001", "--quiet"),
        env=os.environ | {"XJ_TEST_PHRASE": phrase},
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=100,
    )


def printing(text: str, then: str = "") -> list[str]:
    return [sys.executable, "-c", f"import sys; print({text!r}); {then}"]


@pytest.mark.parametrize(
    ("credential", "method"),
    [
        ({"key_file": "keys/id", "key_passphrase_env": "XJ_TEST_PHRASE"}, "publickey"),
        ({"password_command": printing(PASSWORD)}, "password"),
    ],
)
def test_a_scan_logs_in(there: Place, credential: dict[str, Any], method: str) -> None:
    ended = scan(there, credential)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert there.simulator.devices[GOOD].logins == [Login("inspector", accepted=True, method=method)]
    for path in there.runs[0].rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert PASSWORD.encode() not in content
            assert PHRASE.encode() not in content


@pytest.mark.parametrize(
    ("credential", "phrase", "said"),
    [
        (
            {"key_file": "keys/id", "key_passphrase_env": "XJ_TEST_PHRASE"},
            f"{PHRASE}-wrong",
            "keys/id cannot be opened: wrong passphrase, or damaged",
        ),
        ({"key_file": "keys/nowhere"}, PHRASE, "keys/nowhere cannot be read: No such file or directory"),
        ({"password_command": printing(PASSWORD, "sys.exit(4)")}, PHRASE, "ended with exit code 4"),
        ({}, PHRASE, "ops (none given)"),
    ],
    ids=["wrong passphrase", "no file", "failing command", "nothing"],
)
def test_what_cannot_be_had_ends_the_scan_before_it_begins(
    there: Place, credential: dict[str, Any], phrase: str, said: str
) -> None:
    ended = scan(there, credential, phrase)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert PASSWORD not in ended.stderr
    assert PHRASE not in ended.stderr
    assert there.simulator.devices[GOOD].logins == []
    assert there.runs == []
