"""Every way in, over real SSH: what is tried, in which order, how often, and what is said when it fails."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import paramiko
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from paramiko.common import AUTH_FAILED, cMSG_SERVICE_ACCEPT

from collector.authentication import _DeclinedError, _Dialogue, _Questions
from collector.collect import Collection
from collector.credentials import Login, PrivateKey, Secret
from collector.errors import AuthenticationError
from collector.run_record import OutcomeReason
from collector.simulator.device import Account, SimulatedDevice
from collector.simulator.faults import Faults
from collector.simulator.record import Login as Attempt
from tests.collector.lab import PASSWORD, USER, lab, switch
from tests.collector.test_wire import Hanging, dial, listening

_Key = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
KINDS: dict[str, Callable[[], _Key]] = {
    "ed25519": ed25519.Ed25519PrivateKey.generate,
    "ecdsa": lambda: ec.generate_private_key(ec.SECP256R1()),
    "rsa": lambda: rsa.generate_private_key(65537, 2048),
}


def key_file(folder: Path, kind: str = "ed25519", name: str = "id") -> Path:
    path = folder / f"{name}_{kind}"
    path.write_bytes(
        KINDS[kind]().private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.OpenSSH,
            serialization.NoEncryption(),
        )
    )
    path.chmod(0o600)
    return path


def loaded(path: Path) -> PrivateKey:
    return PrivateKey(paramiko.PKey.from_path(path))


def public(key: PrivateKey) -> str:
    return f"{key.reveal().get_name()} {key.reveal().get_base64()}"


@pytest.fixture
def key(tmp_path: Path) -> PrivateKey:
    return loaded(key_file(tmp_path))


def account(key: PrivateKey | None = None, **what: bool | str) -> Account:
    given = {"password": PASSWORD, "public_key": public(key) if key else "", **what}
    return Account(username=USER, **given)  # type: ignore[arg-type]


def visited(tmp_path: Path, login: Login, *switches: SimulatedDevice) -> Collection:
    with lab(tmp_path, *switches) as where:
        return where.run(logins={"c": login})


def attempts(device: SimulatedDevice) -> list[tuple[str, bool]]:
    return [(attempt.method, attempt.accepted) for attempt in device.logins]


PASSWORD_LOGIN = Login(USER, Secret(PASSWORD))


# --- keys -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("legacy", [False, True])
def test_a_key_is_enough(tmp_path: Path, kind: str, legacy: bool) -> None:
    key = loaded(key_file(tmp_path, kind))
    device = switch(accounts=(account(key, password=""),), faults=Faults(legacy_ssh=legacy))
    with lab(tmp_path, device, legacy=legacy) as where:
        (outcome,) = where.run(logins={"c": Login(USER, None, key)}).outcomes
    assert (outcome.reason, outcome.detail) == (None, "")
    assert attempts(device) == [("publickey", True)]


def test_no_key_is_offered_that_was_not_asked_for(
    tmp_path: Path, key: PrivateKey, agent: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home" / ".ssh"
    home.mkdir(parents=True)
    shutil.copy(tmp_path / "id_ed25519", home)
    add_to_agent(home / "id_ed25519")
    monkeypatch.setenv("HOME", str(home.parent))
    device = switch(accounts=(account(key),))
    (outcome,) = visited(tmp_path, PASSWORD_LOGIN, device).outcomes
    assert outcome.reason is None
    assert attempts(device) == [("password", True)]


def test_the_password_follows_a_refused_key_in_the_same_connection(tmp_path: Path, key: PrivateKey) -> None:
    other = loaded(key_file(tmp_path, name="other"))
    device = switch(accounts=(account(other),))
    (outcome,) = visited(tmp_path, Login(USER, Secret(PASSWORD), key), device).outcomes
    assert outcome.reason is None
    assert attempts(device) == [("publickey", False), ("password", True)]
    assert len(device.sessions) == 1


def test_key_and_password_where_both_are_wanted(tmp_path: Path, key: PrivateKey) -> None:
    device = switch(accounts=(account(key, needs_both=True),))
    (outcome,) = visited(tmp_path, Login(USER, Secret(PASSWORD), key), device).outcomes
    assert outcome.reason is None
    assert attempts(device) == [("publickey", True), ("password", True)]


def test_key_and_a_prompt_where_both_are_wanted(tmp_path: Path, key: PrivateKey) -> None:
    device = switch(accounts=(account(key, needs_both=True),), faults=Faults(prompts=("Password: ",)))
    (outcome,) = visited(tmp_path, Login(USER, Secret(PASSWORD), key), device).outcomes
    assert outcome.reason is None
    assert attempts(device) == [("publickey", True), ("keyboard-interactive", True)]


@pytest.mark.parametrize(
    ("ours", "chosen"),
    [
        (["rsa-sha2-512", "rsa-sha2-256"], "rsa-sha2-512"),
        (["rsa-sha2-512", "rsa-sha2-256", "ssh-rsa"], "ssh-rsa"),
    ],
)
def test_how_an_rsa_key_signs_for_a_server_that_does_not_say(ours: list[str], chosen: str) -> None:
    with socket.socket() as unused:
        dialogue = _Dialogue(paramiko.Transport(unused))
    assert dialogue._choose_fallback_pubkey_algorithm("ssh-rsa", ours) == chosen


# --- refusals -------------------------------------------------------------------------------------


def said(tmp_path: Path, login: Login, device: SimulatedDevice) -> str:
    """How a login failed."""
    (outcome,) = visited(tmp_path, login, device).outcomes
    assert (outcome.reached, outcome.reason) == (False, OutcomeReason.LOGIN_FAILED)
    return outcome.detail


def test_a_refused_password(tmp_path: Path, key: PrivateKey) -> None:
    device = switch(accounts=(account(key),))
    assert said(tmp_path, Login(USER, Secret("wrong")), device).endswith(
        " 拒绝了用户名或密码（设备接受：publickey、password）"
    )
    assert attempts(device) == [("password", False)]


def test_a_refused_key_alone(tmp_path: Path, key: PrivateKey) -> None:
    device = switch(accounts=(account(loaded(key_file(tmp_path, name="other"))),))
    assert "拒绝了用户名或密钥（设备接受：publickey、password）" in said(
        tmp_path, Login(USER, None, key), device
    )
    assert attempts(device) == [("publickey", False)]


def test_a_refused_key_and_a_refused_password(tmp_path: Path, key: PrivateKey) -> None:
    device = switch(accounts=(account(loaded(key_file(tmp_path, name="other"))),))
    assert "拒绝了用户名或密钥和密码" in said(tmp_path, Login(USER, Secret("wrong"), key), device)
    assert attempts(device) == [("publickey", False), ("password", False)]


def test_a_key_where_only_passwords_are_taken(tmp_path: Path, key: PrivateKey) -> None:
    device = switch()
    assert "不接受用密钥登录（设备接受：password）" in said(tmp_path, Login(USER, None, key), device)
    assert attempts(device) == []


def test_a_password_where_only_keys_are_taken(tmp_path: Path, key: PrivateKey) -> None:
    device = switch(accounts=(account(key, password=""),))
    assert "不接受用密码登录（设备接受：publickey）" in said(tmp_path, PASSWORD_LOGIN, device)
    assert attempts(device) == []


def test_a_key_alone_where_a_password_is_wanted_too(tmp_path: Path, key: PrivateKey) -> None:
    device = switch(accounts=(account(key, needs_both=True),))
    detail = said(tmp_path, Login(USER, None, key), device)
    assert "接受了密钥，还要求凭据中没有给出的验证（设备接受：password）" in detail
    assert attempts(device) == [("publickey", True)]


# --- prompts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "prompt", ["Password: ", "inspector@new-core-1's password:", "请输入密码：", "password", "User Password:"]
)
def test_one_prompt_for_the_password_is_answered_once(tmp_path: Path, prompt: str) -> None:
    device = switch(faults=Faults(prompts=(prompt,)))
    (outcome,) = visited(tmp_path, PASSWORD_LOGIN, device).outcomes
    assert outcome.reason is None
    assert attempts(device) == [("keyboard-interactive", True)]


def test_a_refused_answer_to_the_prompt(tmp_path: Path) -> None:
    device = switch(faults=Faults(prompts=("Password: ",)))
    detail = said(tmp_path, Login(USER, Secret("wrong")), device)
    assert "拒绝了用户名或密码（设备接受：keyboard-interactive）" in detail
    assert attempts(device) == [("keyboard-interactive", False)]


@pytest.mark.parametrize(
    "question",
    [
        "One-time code: ",
        "Your password has expired. New password: ",
        "Enter the second password: ",
        "您的密码已过期，请输入新密码：",
    ],
)
def test_a_second_question_is_declined(tmp_path: Path, question: str) -> None:
    device = switch(faults=Faults(prompts=("Password: ", question)))
    detail = said(tmp_path, PASSWORD_LOGIN, device)
    assert f"登录时提出了不能代答的问题，未作回答：{question.strip()}" in detail
    assert attempts(device) == [("keyboard-interactive", True)]


@pytest.mark.parametrize(
    "question", ["Verification code: ", "Enter PASSCODE: ", "Username: ", "New password:"]
)
def test_a_first_question_for_something_else_is_declined(tmp_path: Path, question: str) -> None:
    device = switch(faults=Faults(prompts=(question,)))
    assert question.strip() in said(tmp_path, PASSWORD_LOGIN, device)
    assert attempts(device) == []


def test_an_expired_password_is_left_to_people(tmp_path: Path) -> None:
    device = switch(faults=Faults(password_expired=True))
    detail = said(tmp_path, PASSWORD_LOGIN, device)
    assert "未作回答：Your password has expired. New password:" in detail
    assert attempts(device) == [("password", True)]


ASKED = "Password: "


@pytest.mark.parametrize(
    ("before", "prompts"),
    [
        ("", [(ASKED, False), ("Code: ", False)]),
        ("Your password has expired", [(ASKED, False)]),
        ("Enter your one-time password", [(ASKED, False)]),
        ("密码已过期", [(ASKED, False)]),
        ("", [("Retype password:", False)]),
        ("", [("", False)]),
    ],
)
def test_what_is_never_answered(before: str, prompts: list[tuple[str, bool]]) -> None:
    questions = _Questions(Secret(PASSWORD))
    with pytest.raises(_DeclinedError):
        questions.answer("", before, prompts)
    assert not questions.repeated


def test_the_same_prompt_again_means_that_the_password_was_wrong() -> None:
    questions = _Questions(Secret(PASSWORD))
    assert questions.answer("", "Password expires in 5 days", [(ASKED, False)]) == [PASSWORD]
    assert questions.answer("", "Welcome", []) == []
    with pytest.raises(_DeclinedError):
        questions.answer("", "", [(ASKED, False)])
    assert questions.repeated


def test_a_server_that_repeats_the_password_does_not_get_it_into_a_report() -> None:
    with pytest.raises(_DeclinedError) as caught:
        _Questions(Secret(PASSWORD)).answer("", f"{PASSWORD} is too old\x1b[2J", [("New one:", True)])
    assert str(caught.value) == "*** is too old [2J New one:"


# --- many devices ---------------------------------------------------------------------------------


def thirty(**what: Any) -> list[SimulatedDevice]:
    return [switch(name=f"sw-{number}", **what) for number in range(1, 31)]


def test_a_wrong_password_is_tried_once_on_thirty_devices(tmp_path: Path) -> None:
    switches = thirty()
    outcomes = visited(tmp_path, Login(USER, Secret("wrong")), *switches).outcomes
    assert [len(device.logins) for device in switches] == [1, *[0] * 29]
    assert {outcome.reason for outcome in outcomes} == {OutcomeReason.LOGIN_FAILED}
    assert all("在 sw-1 上被拒绝" in outcome.detail for outcome in outcomes[1:])


@pytest.mark.parametrize("limit", [1, 3, 4])
def test_refused_logins_stop_at_the_limit_of_the_site(tmp_path: Path, limit: int) -> None:
    switches = thirty(faults=Faults(refused_login=True))
    switches[0].faults = Faults()
    with lab(tmp_path, *switches) as where:
        site = where.plan().site.model_copy(update={"max_login_failures": limit})
        plan = where.plan().model_copy(update={"site": site})
        outcomes = where.run(where.folder(plan)).outcomes
    refused = [device.name for device in switches if Attempt(USER, accepted=False) in device.logins]
    assert len(refused) == limit
    assert sum(len(device.logins) for device in switches) == limit + 1
    spared = [outcome for outcome in outcomes if outcome.reason is OutcomeReason.NOT_COLLECTED]
    assert len(spared) == 29 - limit
    for outcome in spared:
        assert f"本局点登录被拒绝已达上限 {limit} 次" in outcome.detail
        assert set(re.findall(r"sw-\d+", outcome.detail)) == set(refused)


def test_a_question_that_is_declined_is_not_provoked_on_every_device(tmp_path: Path) -> None:
    switches = thirty(faults=Faults(prompts=("Password: ", "Code: ")))
    visited(tmp_path, PASSWORD_LOGIN, *switches)
    assert sum(len(device.logins) for device in switches) == 1


# --- the agent ------------------------------------------------------------------------------------


AGENT, ADD = shutil.which("ssh-agent") or "", shutil.which("ssh-add") or ""


@pytest.fixture
def agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A real SSH agent, empty."""
    if not AGENT or not ADD:
        pytest.skip("no ssh-agent here")
    path = tmp_path / "agent"
    process = subprocess.Popen([AGENT, "-D", "-a", str(path)], stdout=subprocess.DEVNULL)
    monkeypatch.setenv("SSH_AUTH_SOCK", str(path))
    for _ in range(100):
        if path.exists():
            break
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.05)
    yield
    process.terminate()
    process.wait(5)


def add_to_agent(path: Path) -> None:
    subprocess.run([ADD, "-q", str(path)], check=True, env=os.environ, timeout=10)


def test_the_keys_of_the_agent_are_tried_by_many_at_once(tmp_path: Path, agent: None) -> None:
    wrong, right = key_file(tmp_path, name="wrong"), key_file(tmp_path, "rsa")
    add_to_agent(wrong)
    add_to_agent(right)
    switches = [switch(name=f"sw-{n}", accounts=(account(loaded(right)),)) for n in range(1, 9)]
    outcomes = visited(tmp_path, Login(USER, None, None, use_agent=True), *switches).outcomes
    assert [outcome.reason for outcome in outcomes] == [None] * 8
    for device in switches:
        assert attempts(device) == [("publickey", False), ("publickey", True)]


def test_an_agent_that_is_gone_is_told(tmp_path: Path, agent: None) -> None:
    device = switch(accounts=(account(loaded(key_file(tmp_path))),))
    detail = said(tmp_path, Login(USER, None, None, use_agent=True), device)
    assert "密钥不能使用（SSH agent 中已没有密钥），未登录" in detail
    assert attempts(device) == []


class Repeating(Hanging):
    """Says again, in the middle of a login, that logging in may begin."""

    def __init__(self) -> None:
        self.transport: paramiko.Transport
        self.passwords: list[str] = []

    def check_auth_password(self, username: str, password: str) -> int:
        self.passwords.append(password)
        if len(self.passwords) == 1:
            again = paramiko.Message()
            again.add_byte(cMSG_SERVICE_ACCEPT)
            again.add_string("ssh-userauth")
            self.transport._send_message(again)  # type: ignore[attr-defined]
            time.sleep(0.3)
        return AUTH_FAILED


def test_a_server_that_offers_the_login_again_does_not_get_the_password_again(tmp_path: Path) -> None:
    server = Repeating()

    def serve(peer: socket.socket) -> None:
        server.transport = paramiko.Transport(peer)
        server.transport.add_server_key(paramiko.ECDSAKey.generate())
        server.transport.start_server(server=server)
        server.transport.join(2)
        server.transport.close()

    with listening(serve) as address, pytest.raises(AuthenticationError, match="拒绝了用户名或密码"):
        dial(address, tmp_path / "known_hosts", 2)
    assert server.passwords == ["x"]
