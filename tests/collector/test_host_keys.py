"""Host keys: known ones pass, all else is refused before a password is sent."""

import shutil
import subprocess
from pathlib import Path

import paramiko
import pytest

from collector.host_keys import HostKeyRules, client_with, fingerprint, known_as
from collector.run_record import OutcomeReason
from tests.collector.lab import faulty, lab, switch

SSH_KEYGEN = shutil.which("ssh-keygen") or ""


def test_an_unknown_key_is_refused_and_no_password_sent(tmp_path: Path) -> None:
    device = switch()
    with lab(tmp_path, device) as where:
        where.rules = HostKeyRules((tmp_path / "nothing",))
        outcome = where.only_outcome()
    assert (outcome.reached, outcome.reason) == (False, OutcomeReason.LOGIN_FAILED)
    assert "主机密钥未知" in outcome.detail
    assert "SHA256:" in outcome.detail
    assert device.logins == []


def test_trust_on_first_use_writes_the_key_down_and_knows_it_next_time(tmp_path: Path) -> None:
    ours = tmp_path / "new" / "known_hosts"
    with lab(tmp_path, switch()) as where:
        where.rules = HostKeyRules((tmp_path / "nothing",), trust_first_use=ours)
        assert where.only_outcome().reason is None
        written = ours.read_text("utf-8")
        assert written.strip() == where.simulator.known_hosts().strip()
        assert where.only_outcome().reason is None
        where.rules = HostKeyRules((ours,))
        assert where.only_outcome().reason is None
    assert ours.read_text("utf-8") == written


@pytest.mark.parametrize("trusting", [False, True])
def test_a_changed_key_is_refused_in_any_case(tmp_path: Path, trusting: bool) -> None:
    device = faulty(changed_host_key=True)
    with lab(tmp_path, device) as where:
        (known_hosts,) = where.rules.known_hosts
        before = known_hosts.read_text("utf-8")
        if trusting:
            where.rules = HostKeyRules((), trust_first_use=known_hosts)
        outcome = where.only_outcome()
        old = paramiko.HostKeys(str(known_hosts)).lookup(before.split()[0])
    assert outcome.reason is OutcomeReason.LOGIN_FAILED
    assert "主机密钥变了" in outcome.detail
    assert old is not None
    assert fingerprint(next(iter(old.values()))) in outcome.detail
    assert outcome.detail.count("SHA256:") == 2
    assert known_hosts.read_text("utf-8") == before
    assert device.logins == []


def test_another_type_of_key_is_a_changed_key(tmp_path: Path) -> None:
    """An impostor would offer a type that we have never seen from this device."""
    device = switch()
    with lab(tmp_path, device) as where:
        (known_hosts,) = where.rules.known_hosts
        name = known_hosts.read_text("utf-8").split()[0]
        rsa = paramiko.RSAKey.generate(2048)
        known_hosts.write_text(f"{name} {rsa.get_name()} {rsa.get_base64()}\n", encoding="utf-8")
        where.rules = HostKeyRules((), trust_first_use=known_hosts)
        outcome = where.only_outcome()
    assert "主机密钥变了" in outcome.detail
    assert device.logins == []


def test_an_unreadable_file_is_said(tmp_path: Path) -> None:
    with lab(tmp_path, switch()) as where:
        where.rules = HostKeyRules((tmp_path,))
        outcome = where.only_outcome()
    assert outcome.reason is OutcomeReason.LOGIN_FAILED
    assert f"{tmp_path} 读不出来" in outcome.detail


@pytest.mark.skipif(not SSH_KEYGEN, reason="no ssh-keygen here")
def test_fingerprints_are_those_of_ssh_keygen(tmp_path: Path) -> None:
    key = paramiko.ECDSAKey.generate()
    path = tmp_path / "key.pub"
    path.write_text(f"{key.get_name()} {key.get_base64()}\n", encoding="utf-8")
    said = subprocess.run([SSH_KEYGEN, "-lf", str(path)], check=True, capture_output=True, text=True)
    assert said.stdout.split()[1] == fingerprint(key)


def keys_of(rules: HostKeyRules, name: str) -> dict[str, str]:
    entry = client_with(rules, name, rules.known(name)).get_host_keys().lookup(name)
    return {} if entry is None else {type_: fingerprint(key) for type_, key in entry.items()}


def test_keys_are_found_by_plain_listed_and_hashed_names(tmp_path: Path) -> None:
    one, two = paramiko.ECDSAKey.generate(), paramiko.RSAKey.generate(1024)
    hashed = paramiko.HostKeys.hash_host("192.0.2.9")
    path = tmp_path / "known_hosts"
    path.write_text(
        "# ours\n\n"
        f"sw-1,[192.0.2.1]:2222 {one.get_name()} {one.get_base64()} a comment\n"
        f"sw-1\t{two.get_name()}\t{two.get_base64()}\n"
        f"{hashed} {two.get_name()} {two.get_base64()}\n"
        "sw-2 ssh-unheard-of AAAA\n"
        "sw-3 ssh-rsa\n",
        encoding="utf-8",
    )
    rules = HostKeyRules((path,))
    first, second = {one.get_name(): fingerprint(one)}, {two.get_name(): fingerprint(two)}
    assert keys_of(rules, "sw-1") == first | second
    assert keys_of(rules, known_as("192.0.2.1", 2222)) == first
    assert keys_of(rules, known_as("192.0.2.9", 22)) == second
    assert [keys_of(rules, name) for name in ("sw-2", "sw-3", "192.0.2.1", "#")] == [{}] * 4


def test_the_first_file_wins_and_a_file_that_grows_is_read_again(tmp_path: Path) -> None:
    old, new = paramiko.ECDSAKey.generate(), paramiko.ECDSAKey.generate()
    paths = (tmp_path / "a", tmp_path / "b")
    for path, key in zip(paths, (old, new), strict=True):
        path.write_text(f"sw-1 {key.get_name()} {key.get_base64()}\n", encoding="utf-8")
    rules = HostKeyRules(paths)
    assert keys_of(rules, "sw-1") == {old.get_name(): fingerprint(old)}
    assert keys_of(rules, "sw-2") == {}
    with paths[1].open("a", encoding="utf-8") as file:
        file.write(f"sw-2 {old.get_name()} {old.get_base64()}\n")
    assert keys_of(rules, "sw-2") == {old.get_name(): fingerprint(old)}
