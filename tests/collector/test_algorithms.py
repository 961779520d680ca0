"""Which algorithms come about with which device, and what is said when none do."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import paramiko
import pytest

from collector.algorithms import LEGACY, MODERN, Algorithms, explained, known_first, without_common
from collector.allowlist import Guard
from collector.credentials import Login, Secret
from collector.host_keys import HostKeyRules
from collector.run_record import OutcomeReason
from collector.simulator import server
from collector.simulator.device import SimulatedDevice
from collector.simulator.server import Simulator
from collector.wire import Wire
from tests.collector.lab import PASSWORD, USER, faulty, lab, switch

OLD = Algorithms(
    key_exchange=("diffie-hellman-group14-sha1", "diffie-hellman-group1-sha1"),
    host_key=("ssh-rsa",),
    cipher=("aes128-cbc", "3des-cbc"),
    mac=("hmac-sha1",),
)


@contextmanager
def logged_in(simulator: Simulator, rules: HostKeyRules, *, legacy: bool) -> Iterator[Any]:
    """A login; gives paramiko's transport, of which the stubs do not know what it agreed on."""
    (name,) = simulator.devices
    host, port = simulator.address(name)
    login = Login(USER, Secret(PASSWORD))
    guard = Guard.before_recognition(())
    with Wire(host, port, login, guard=guard, rules=rules, connect_s=3, stop=Event(), legacy=legacy) as wire:
        assert isinstance(wire.remote_conn, paramiko.Channel)
        yield wire.remote_conn.get_transport()


def test_the_cheap_ones_are_taken_from_a_device_that_has_them(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        caplog.at_level("DEBUG", "paramiko"),
        lab(tmp_path, switch()) as where,
        logged_in(where.simulator, where.rules, legacy=False) as transport,
    ):
        assert transport.local_cipher == transport.remote_cipher == "aes128-gcm@openssh.com"
    assert "Kex: curve25519-sha256" in caplog.messages


@pytest.mark.parametrize("name", ["curve25519-sha256", "curve25519-sha256@libssh.org"])
def test_curve25519_goes_by_either_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setitem(server._MODERN, "kex_algs", [name])
    with lab(tmp_path, switch()) as where:
        assert where.only_outcome().reason is None


@pytest.mark.parametrize("legacy", [False, True])
def test_a_device_that_has_better_is_never_asked_for_worse(tmp_path: Path, *, legacy: bool) -> None:
    """RSA is the only key that we know of it; the signature is made with SHA-2 all the same."""
    with Simulator([device := _addressed(switch())], rsa=True) as simulator:
        known = tmp_path / "known_hosts"
        lines = simulator.known_hosts().splitlines()
        known.write_text("".join(f"{line}\n" for line in lines if " ssh-rsa " in line), "utf-8")
        with logged_in(simulator, HostKeyRules((known,)), legacy=legacy) as transport:
            assert transport.host_key_type == "rsa-sha2-512"
            assert transport.remote_cipher == "aes128-gcm@openssh.com"
    assert [login.accepted for login in device.logins] == [True]


def _addressed(device: SimulatedDevice) -> SimulatedDevice:
    device.host = "127.30.0.1"
    return device


def test_a_device_of_the_2010s_is_named_with_what_helps(tmp_path: Path) -> None:
    device = faulty(legacy_ssh=True)
    with lab(tmp_path, device) as where:
        outcome = where.only_outcome()
    assert outcome.reason is OutcomeReason.UNREACHABLE
    assert "设备只有旧算法" in outcome.detail
    assert "legacy: true" in outcome.detail
    assert (
        "密钥交换：设备提供 diffie-hellman-group14-sha1、diffie-hellman-group1-sha1，本机提供"
        in outcome.detail
    )
    assert "主机密钥：设备提供 ssh-rsa，本机提供 ssh-ed25519" in outcome.detail
    assert "加密：设备提供 aes128-cbc、3des-cbc，本机提供 aes128-gcm@openssh.com" in outcome.detail
    assert "ext-info" not in outcome.detail
    assert device.logins == []


def test_legacy_reaches_it(tmp_path: Path) -> None:
    with (
        lab(tmp_path, faulty(legacy_ssh=True)) as where,
        warnings.catch_warnings(action="ignore"),
        logged_in(where.simulator, where.rules, legacy=True) as transport,
    ):
        assert transport.host_key_type == "ssh-rsa"
        assert transport.remote_cipher == "aes128-cbc"


def test_legacy_is_not_advised_where_it_does_not_help(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(server._MODERN, "encryption_algs", ["chacha20-poly1305@openssh.com"])
    with lab(tmp_path, switch()) as where:
        detail = where.only_outcome().detail
    assert "加密：设备提供 chacha20-poly1305@openssh.com，本机提供 aes128-gcm@openssh.com" in detail
    assert "legacy" not in detail
    assert "密钥交换" not in detail


@pytest.mark.parametrize("kind", ["key_exchange", "host_key", "cipher"])
def test_nothing_old_is_among_the_modern(kind: str) -> None:
    assert not set(getattr(OLD, kind)) & set(getattr(MODERN, kind))
    assert set(getattr(OLD, kind)) <= set(getattr(LEGACY, kind))
    assert getattr(LEGACY, kind)[: len(getattr(MODERN, kind))] == getattr(MODERN, kind), (
        "the sound ones first"
    )


def test_what_is_not_common() -> None:
    assert without_common(OLD, MODERN) == ("key_exchange", "host_key", "cipher")
    assert without_common(OLD, LEGACY) == ()
    assert explained(OLD, LEGACY) == ""


@pytest.mark.parametrize(
    ("known", "first"),
    [
        (["ecdsa-sha2-nistp384"], ["ecdsa-sha2-nistp384", "ssh-ed25519"]),
        (["ssh-rsa"], ["rsa-sha2-512", "rsa-sha2-256", "ssh-ed25519"]),
        (["ssh-rsa", "ssh-ed25519"], ["ssh-ed25519", "rsa-sha2-512", "rsa-sha2-256"]),
        ([], ["ssh-ed25519", "ecdsa-sha2-nistp256"]),
    ],
)
def test_the_type_of_a_known_key_comes_first(known: list[str], first: list[str]) -> None:
    assert list(known_first(MODERN.host_key, known))[: len(first)] == first
    assert set(known_first(MODERN.host_key, known)) == set(MODERN.host_key)
