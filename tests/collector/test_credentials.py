import copy
import json
import logging
import pickle
import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import paramiko
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from collector import credentials as module
from collector.credentials import Login, PrivateKey, Secret, credential_names, resolve
from collector.errors import CredentialError
from collector.inventory import Credential, Device, JumpHost

WORD = "XJCANARY-LOGIN-7"
CREDENTIALS = {
    "by-env": Credential(username="u1", password_env="SITE_PW"),
    "by-hand": Credential(username="u2"),
}


def revealed(login: Login) -> str:
    return "" if login.password is None else login.password.reveal()


def test_the_environment_comes_first_and_people_second() -> None:
    asked: list[tuple[str, str]] = []

    def ask(name: str, username: str) -> str:
        asked.append((name, username))
        return "typed"

    logins = resolve(CREDENTIALS, ["by-env", "by-hand", "by-env"], {"SITE_PW": WORD}, ask)
    assert {name: (login.username, revealed(login)) for name, login in logins.items()} == {
        "by-env": ("u1", WORD),
        "by-hand": ("u2", "typed"),
    }
    assert asked == [("by-hand", "u2")]


def test_a_variable_that_is_not_set_is_asked_for() -> None:
    assert revealed(resolve(CREDENTIALS, ["by-env"], {}, lambda *_: "typed")["by-env"]) == "typed"


def test_everything_that_is_missing_is_said_at_once() -> None:
    with pytest.raises(
        CredentialError, match=r"by-env \(set the environment variable SITE_PW\), by-hand \(none given\)"
    ):
        resolve(CREDENTIALS, ["by-env", "by-hand"], {"SITE_PW": ""}, None)
    with pytest.raises(CredentialError, match="by-hand"):
        resolve(CREDENTIALS, ["by-hand"], {}, lambda *_: "")


def test_only_what_is_needed_is_fetched() -> None:
    assert resolve(CREDENTIALS, [], {}, None) == {}


def test_a_secret_does_not_get_out(caplog: pytest.LogCaptureFixture) -> None:
    secret = Secret(WORD)
    login = Login("u", secret)
    logging.getLogger("test").warning("%s %r", login, secret)
    told = [repr(secret), str(secret), f"{secret}", repr(login), repr({"x": login}), caplog.text]
    try:
        raise ValueError(login)
    except ValueError as error:
        told.append("".join(traceback.TracebackException.from_exception(error, capture_locals=True).format()))
    told = [text.replace(repr(WORD), "") for text in told]
    assert not [text for text in told if WORD in text]
    for leak in (pickle.dumps, copy.deepcopy, json.dumps):
        with pytest.raises(TypeError):
            leak(secret)


def test_secrets_are_not_compared_by_accident() -> None:
    assert Secret(WORD) != Secret(WORD)


# --- the order ------------------------------------------------------------------------------------


class Keyring(ModuleType):
    """Stands in for the library of this name, with one password in it, or broken."""

    class KeyringError(Exception):
        pass

    def __init__(self, entries: dict[tuple[str, str], str], *, broken: bool = False) -> None:
        super().__init__("keyring")
        self.errors = self
        self._entries = entries
        self._broken = broken

    def get_password(self, service: str, username: str) -> str | None:
        if self._broken:
            raise Keyring.KeyringError(f"cannot decrypt {WORD}")
        return self._entries.get((service, username))


@pytest.fixture
def with_keyring(monkeypatch: pytest.MonkeyPatch) -> Callable[[Keyring], None]:
    def install(keyring: Keyring) -> None:
        monkeypatch.setitem(sys.modules, "keyring", keyring)
        monkeypatch.setitem(sys.modules, "keyring.errors", keyring)

    return install


def program(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


EVERYWHERE = Credential(
    username="u",
    password_env="SITE_PW",
    password_keyring="net",
    password_command=program("print('from the command')"),
)


@pytest.mark.parametrize(
    ("environ", "entries", "given", "expected"),
    [
        ({"SITE_PW": "from the environment"}, {("net", "u"): "k"}, EVERYWHERE, "from the environment"),
        ({}, {("net", "u"): "from the keyring"}, EVERYWHERE, "from the keyring"),
        ({"SITE_PW": ""}, {("net", "other"): "k"}, EVERYWHERE, "from the command"),
        ({}, {}, EVERYWHERE.model_copy(update={"password_command": ()}), "typed"),
    ],
)
def test_the_first_that_has_a_password_gives_it(
    with_keyring: Callable[[Keyring], None],
    environ: dict[str, str],
    entries: dict[tuple[str, str], str],
    given: Credential,
    expected: str,
) -> None:
    with_keyring(Keyring(entries))
    login = resolve({"c": given}, ["c"], environ, lambda *_: "typed")["c"]
    assert revealed(login) == expected


def test_nobody_is_asked_while_something_else_is_missing() -> None:
    asked: list[str] = []

    def ask(name: str, username: str) -> str:
        asked.append(name)
        return "typed"

    known = {**CREDENTIALS, "gone": Credential(username="u", password_command=("/no/such/program",))}
    with pytest.raises(CredentialError):
        resolve(known, ["by-hand", "gone"], {}, ask)
    assert asked == []


def test_nobody_is_asked_for_a_password_beside_a_key(tmp_path: Path) -> None:
    given = Credential(username="u", key_file=str(key_file(tmp_path)))

    def ask(name: str, username: str) -> str:
        raise AssertionError(name)

    login = resolve({"c": given}, ["c"], {}, ask)["c"]
    assert (login.password, login.has_key) == (None, True)
    beside = given.model_copy(update={"password_env": "SITE_PW"})
    login = resolve({"c": beside}, ["c"], {"SITE_PW": WORD}, ask)["c"]
    assert (revealed(login), login.has_key) == (WORD, True)


def test_jump_hosts_have_credentials_too() -> None:
    devices = (
        Device(name="a", host="192.0.2.1", credential="c", jump=("h1", "h2")),
        Device(name="b", host="192.0.2.2", credential="d"),
    )
    hosts = {name: JumpHost(host="192.0.2.9", credential=f"of-{name}") for name in ("h1", "h2", "h3")}
    assert credential_names(devices, hosts) == {"c", "d", "of-h1", "of-h2"}


# --- what goes wrong ------------------------------------------------------------------------------


class Environ(dict[str, str]):
    def __repr__(self) -> str:
        return "the environment"


def refusal(given: Credential, environ: dict[str, str] | None = None) -> str:
    """What is said about a credential that comes to nothing; no word of it is secret."""
    with pytest.raises(CredentialError) as caught:
        resolve({"c": given}, ["c"], Environ(environ or {}), lambda *_: "typed")
    full = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    del full.stack[0]  # this function itself
    assert WORD not in "".join(full.format())
    said = str(caught.value)
    assert said.startswith("no login for the credentials c (")
    return said


def out(text: str, then: str = "") -> tuple[str, ...]:
    """A program that prints a secret, which does not stand in its arguments in one piece."""
    return program(f"import sys; print({text[:3]!r} + {text[3:]!r}); {then}")


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        (("/no/such/program", "x"), "/no/such/program cannot be run: No such file or directory"),
        (out(WORD, "sys.exit(3)"), "ended with exit code 3"),
        (out("", ""), "printed nothing on its first line"),
        (program("import sys; sys.stdout.buffer.write(bytes([255, 10]))"), "something else than UTF-8"),
        (out(WORD, "sys.stdout.flush(); import time; time.sleep(30)"), "took longer than 1 s"),
        (("true", "a\0b"), "true cannot be run: a null byte"),
        (("true",), "true printed nothing on its first line"),
    ],
    ids=["missing", "failing", "empty line", "no text", "slow", "null", "silent"],
)
def test_a_command_that_gives_no_password(
    monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], problem: str
) -> None:
    monkeypatch.setattr(module, "COMMAND_LIMIT_S", 1)
    said = refusal(Credential(username="u", password_command=command))
    assert problem in said
    assert "password_command" in said


def test_the_first_line_of_a_command_is_the_password_and_its_errors_are_not_shown(
    capfd: pytest.CaptureFixture[str],
) -> None:
    code = "import sys; print(' a b  ', end='\\r\\nlogin: x\\n'); print('oops', file=sys.stderr)"
    login = resolve({"c": Credential(username="u", password_command=program(code))}, ["c"], {}, None)["c"]
    assert revealed(login) == " a b  "
    assert capfd.readouterr() == ("", "")


def test_no_shell_reads_the_command() -> None:
    code = "import sys; print(sys.argv[1])"
    given = Credential(username="u", password_command=(*program(code), "$HOME `id` ; | > x"))
    assert revealed(resolve({"c": given}, ["c"], {}, None)["c"]) == "$HOME `id` ; | > x"


KEYRING = Credential(username="u", password_keyring="net")


def test_a_keyring_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert "needs the package keyring: pip install 'xunjian[keyring]'" in refusal(KEYRING)


def test_a_keyring_that_fails(with_keyring: Callable[[Keyring], None]) -> None:
    with_keyring(Keyring({}, broken=True))
    assert "the system's keyring cannot be used: KeyringError" in refusal(KEYRING)


def test_a_keyring_that_has_nothing_and_nobody_to_ask(with_keyring: Callable[[Keyring], None]) -> None:
    with_keyring(Keyring({}))
    with pytest.raises(CredentialError, match="keyring has no password for service net, user u"):
        resolve({"c": KEYRING}, ["c"], {}, None)


# --- keys -----------------------------------------------------------------------------------------

PHRASE = f"{WORD} phrase"
_Key = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
KINDS: dict[str, Callable[[], _Key]] = {
    "ed25519": ed25519.Ed25519PrivateKey.generate,
    "ecdsa": lambda: ec.generate_private_key(ec.SECP384R1()),
    "rsa": lambda: rsa.generate_private_key(65537, 2048),
}


def key_file(folder: Path, kind: str = "ed25519", phrase: str = "", *, old: bool = False) -> Path:
    path = folder / f"id_{kind}"
    form = serialization.PrivateFormat.TraditionalOpenSSL if old else serialization.PrivateFormat.OpenSSH
    hidden = (
        serialization.BestAvailableEncryption(phrase.encode()) if phrase else serialization.NoEncryption()
    )
    path.write_bytes(KINDS[kind]().private_bytes(serialization.Encoding.PEM, form, hidden))
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("phrase", ["", PHRASE, "口令"])
def test_a_key_is_read(tmp_path: Path, kind: str, phrase: str) -> None:
    path = key_file(tmp_path, kind, phrase)
    given = Credential(username="u", key_file=str(path), key_passphrase_env="PHRASE" if phrase else "")
    login = resolve({"c": given}, ["c"], {"PHRASE": phrase}, None)["c"]
    assert login.key is not None
    key = login.key.reveal()
    signature = key.sign_ssh_data(b"data")
    public = paramiko.PKey.from_type_string(key.get_name(), key.asbytes())
    assert public.verify_ssh_sig(b"data", paramiko.Message(signature.asbytes()))


@pytest.mark.parametrize(
    ("phrase", "environ", "problem"),
    [
        (PHRASE, None, "has a passphrase: name its environment variable in key_passphrase_env"),
        (PHRASE, {}, "set the environment variable PHRASE to the passphrase of "),
        (PHRASE, {"PHRASE": f"{WORD} wrong"}, "cannot be opened: wrong passphrase, or damaged"),
        ("", {"PHRASE": PHRASE}, "has no passphrase, but key_passphrase_env names one"),
    ],
    ids=["not named", "not set", "wrong", "needless"],
)
def test_passphrases(tmp_path: Path, phrase: str, environ: dict[str, str] | None, problem: str) -> None:
    path = key_file(tmp_path, phrase=phrase)
    given = Credential(
        username="u", key_file=str(path), key_passphrase_env="" if environ is None else "PHRASE"
    )
    said = refusal(given, environ)
    assert problem in said
    assert str(path) in said


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o755])
def test_a_key_that_others_can_read(tmp_path: Path, mode: int) -> None:
    path = key_file(tmp_path)
    path.chmod(mode)
    said = refusal(Credential(username="u", key_file=str(path)))
    assert f"key_file {path} can be read by others (mode {mode:04o}): chmod 600 it" in said


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2] + data[-40:]


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda folder: folder / "nowhere", "cannot be read: No such file or directory"),
        (lambda folder: folder, "cannot be read: Is a directory"),
        (lambda folder: key_file(folder, "rsa", old=True), "is no private key in OpenSSH form"),
        (lambda folder: changed(key_file(folder), lambda _: b"ssh-ed25519 AAAA"), "is no private key"),
        (lambda folder: changed(key_file(folder), cut), "is damaged"),
    ],
    ids=["missing", "folder", "old form", "public", "damaged"],
)
def test_files_that_are_no_key(tmp_path: Path, make: Callable[[Path], Path], problem: str) -> None:
    tmp_path.chmod(0o700)
    assert problem in refusal(Credential(username="u", key_file=str(make(tmp_path))))


def changed(path: Path, change: Callable[[bytes], bytes]) -> Path:
    path.write_bytes(change(path.read_bytes()))
    return path


def test_a_private_key_does_not_get_out(tmp_path: Path) -> None:
    key = PrivateKey(paramiko.PKey.from_path(key_file(tmp_path)))
    assert repr(key).startswith("PrivateKey(ssh-ed25519 SHA256:")
    for leak in (pickle.dumps, copy.deepcopy, json.dumps):
        with pytest.raises(TypeError):
            leak(Login("u", None, key))


# --- the agent ------------------------------------------------------------------------------------


@contextmanager
def agent_with(monkeypatch: pytest.MonkeyPatch, keys: int) -> Iterator[list[str]]:
    """An agent that holds so many keys; gives what is done with it."""
    done: list[str] = []

    class Agent:
        def get_keys(self) -> tuple[int, ...]:
            return tuple(range(keys))

        def close(self) -> None:
            done.append("closed")

    monkeypatch.setattr(module, "_Agent", Agent)
    yield done


AGENT = Credential(username="u", use_agent=True)


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        (0, "use_agent: no SSH agent with a key is running"),
        (4, "use_agent: the SSH agent holds 4 keys, and devices lock after a few wrong ones: keep at most 3"),
    ],
)
def test_an_agent_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch, keys: int, problem: str) -> None:
    with agent_with(monkeypatch, keys) as done:
        assert problem in refusal(AGENT)
    assert done == ["closed"]


def test_an_agent_that_hangs_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AGENT_LIMIT_S", 0.2)
    path = tmp_path / "agent"
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(path))
        silent.listen()
        monkeypatch.setenv("SSH_AUTH_SOCK", str(path))
        assert "use_agent: no SSH agent with a key is running" in refusal(AGENT)


def test_the_agent_is_asked_anew_by_each_login(monkeypatch: pytest.MonkeyPatch) -> None:
    with agent_with(monkeypatch, 2) as done:
        login = resolve({"c": AGENT}, ["c"], {}, None)["c"]
        for _ in range(2):
            with login.keys() as keys:
                assert [*keys] == [0, 1]
    assert done == ["closed"] * 3


def test_without_an_agent_named_none_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with agent_with(monkeypatch, 2) as done, Login("u", Secret(WORD)).keys() as keys:
        assert keys == ()
    assert done == []
