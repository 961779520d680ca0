"""Login secrets: fetched when needed, kept in memory only, shown nowhere.

`Credential` says where they are. All that can be had without a person is fetched first, and everything
that cannot be had is told at once, before anybody is asked and before any device is touched.
"""

import os
import socket
import stat
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NoReturn

import paramiko
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_ssh_private_key

from collector.errors import CredentialError
from collector.inventory import Credential, Device, JumpHost

Ask = Callable[[str, str], str]
"""Asks the engineer for a password: (name of the credential, user name) to password."""

COMMAND_LIMIT_S = 60.0
"""Longest time that a password command may take; it may ask a person for a PIN."""
AGENT_LIMIT_S = 30.0
"""Longest wait for a word of the SSH agent; it may ask a person for consent."""
MOST_AGENT_KEYS = 3
"""Switches count each key offered as a failed login, and many close or lock after three."""


class Secret:
    """A value that cannot be printed, logged, compared by accident or pickled."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value: Final = value

    def reveal(self) -> str:
        """Give the value itself; for the login call alone."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(***)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written anywhere")


class PrivateKey:
    """A private key in memory, of which only the public part can be seen."""

    __slots__ = ("_key",)

    def __init__(self, key: paramiko.PKey) -> None:
        self._key: Final = key

    def reveal(self) -> paramiko.PKey:
        """Give the key itself; for the login call alone."""
        return self._key

    def __repr__(self) -> str:
        return f"PrivateKey({self._key.get_name()} {self._key.fingerprint})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a private key is not written anywhere")


@dataclass(frozen=True, slots=True)
class Login:
    """What one credential of the inventory comes to."""

    username: str
    password: Secret | None = None
    key: PrivateKey | None = None
    use_agent: bool = False

    @property
    def has_key(self) -> bool:
        """Keys are tried before the password."""
        return self.key is not None or self.use_agent

    @contextmanager
    def keys(self) -> Iterator[tuple[paramiko.PKey, ...]]:
        """Give the keys to offer, in order; those of the agent can be used inside the block only.

        Each login talks to the agent over a connection of its own, since one cannot be shared.
        """
        own = () if self.key is None else (self.key.reveal(),)
        if not self.use_agent:
            yield own
            return
        with _agent_keys() as held:
            yield (*own, *held[:MOST_AGENT_KEYS])


def credential_names(devices: Iterable[Device], jump_hosts: Mapping[str, JumpHost]) -> set[str]:
    """Give the credentials that these devices and the jump hosts on the way to them use."""
    return {
        name
        for device in devices
        for name in (device.credential, *(jump_hosts[hop].credential for hop in device.jump))
    }


def resolve(
    credentials: Mapping[str, Credential],
    names: Iterable[str],
    environ: Mapping[str, str],
    ask: Ask | None,
) -> dict[str, Login]:
    """Fetch what the named credentials need to log in.

    Raises CredentialError naming everything that cannot be had (`ask` None: nobody can be asked).
    """
    found: dict[str, _Found] = {}
    problems: list[str] = []
    for name in dict.fromkeys(names):
        try:
            found[name] = _without_asking(credentials[name], environ)
        except CredentialError as error:
            problems.append(f"{name} ({error})")
    if not problems:
        problems = [
            f"{name} ({_where_to_put_it(credentials[name])})"
            for name, each in found.items()
            if each.wants_asking and not each.asked(name, ask)
        ]
    if problems:
        raise CredentialError(f"no login for the credentials {', '.join(problems)}")
    return {name: each.login for name, each in found.items()}


@dataclass(slots=True)
class _Found:
    """What a credential has come to so far."""

    username: str
    password: str = field(repr=False)
    key: PrivateKey | None
    use_agent: bool

    @property
    def wants_asking(self) -> bool:
        return not self.password and self.key is None and not self.use_agent

    @property
    def login(self) -> Login:
        password = Secret(self.password) if self.password else None
        return Login(self.username, password, self.key, self.use_agent)

    def asked(self, name: str, ask: Ask | None) -> bool:
        """Ask for the password; tell whether there is one now."""
        self.password = "" if ask is None else ask(name, self.username)
        return bool(self.password)


def _without_asking(credential: Credential, environ: Mapping[str, str]) -> _Found:
    """Take the first password that is there, and the keys; raises CredentialError with the reason."""
    variable = credential.password_env
    password = environ.get(variable, "") if variable else ""
    if not password and credential.password_keyring:
        password = _from_keyring(credential.password_keyring, credential.username)
    if not password and credential.password_command:
        password = _from_command(credential.password_command)
    key = _key(credential, environ) if credential.key_file else None
    if credential.use_agent:
        _check_agent()
    return _Found(credential.username, password, key, credential.use_agent)


def _where_to_put_it(credential: Credential) -> str:
    variable = credential.password_env
    if variable:
        return f"set the environment variable {variable}"
    if credential.password_keyring:
        return (
            f"the system's keyring has no password for service {credential.password_keyring}, "
            f"user {credential.username}"
        )
    return "none given"


def _from_keyring(service: str, username: str) -> str:
    """Look a password up in the system's keyring; empty when it has none."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        raise CredentialError(
            "password_keyring needs the package keyring: pip install 'xunjian[keyring]'"
        ) from None
    try:
        return keyring.get_password(service, username) or ""
    except KeyringError as error:
        why = type(error).__name__
    # Outside of the block: what a backend says may hold anything.
    raise CredentialError(f"the system's keyring cannot be used: {why}")


def _from_command(command: tuple[str, ...]) -> str:
    """Run a program without a shell and give the first line that it prints.

    Neither what it prints nor its arguments are ever shown: either may be secret. It may ask at the
    terminal, but what it says as an error is lost.
    """
    password, problem = _first_line(command)
    if problem:
        raise CredentialError(f"password_command: {command[0]} {problem}; run it by hand to see why")
    return password


def _first_line(command: tuple[str, ...]) -> tuple[str, str]:
    """Give the line, or why there is none."""
    try:
        done = subprocess.run(  # noqa: S603 - the inventory's author chose the program
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=COMMAND_LIMIT_S,
            check=False,
        )
    except OSError as error:
        return "", f"cannot be run: {error.strerror}"
    except subprocess.TimeoutExpired:
        return "", f"took longer than {COMMAND_LIMIT_S:g} s"
    except ValueError:
        return "", "cannot be run: a null byte is among its arguments"
    if done.returncode:
        return "", f"ended with exit code {done.returncode}"
    try:
        line = done.stdout.split(b"\n", 1)[0].removesuffix(b"\r").decode()
    except UnicodeDecodeError:
        return "", "printed something else than UTF-8"
    return line, "" if line else "printed nothing on its first line"


def _key(credential: Credential, environ: Mapping[str, str]) -> PrivateKey:
    """Read a private key; raises CredentialError with one reason."""
    path = Path(credential.key_file).expanduser()
    variable = credential.key_passphrase_env
    passphrase = environ.get(variable, "") if variable else ""
    if variable and not passphrase:
        raise CredentialError(f"set the environment variable {variable} to the passphrase of {path}")
    problem = _key_problem(path, passphrase.encode() or None)
    if problem:
        raise CredentialError(f"key_file {path} {problem}")
    # Typed as a text, which it would not take.
    return PrivateKey(paramiko.PKey.from_path(path, passphrase.encode() or None))  # type: ignore[arg-type]


def _key_problem(path: Path, passphrase: bytes | None) -> str:
    """Say what keeps a private key from being used; empty when nothing does."""
    try:
        mode = path.stat().st_mode
        data = path.read_bytes()
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        return f"can be read by others (mode {stat.S_IMODE(mode):04o}): chmod 600 it"
    if b"-----BEGIN OPENSSH PRIVATE KEY-----" not in data:
        return "is no private key in OpenSSH form (`ssh-keygen -p -f FILE` rewrites an older one)"
    try:
        load_ssh_private_key(data, passphrase)
    except TypeError:  # cryptography's word for both
        if passphrase is None:
            return "has a passphrase: name its environment variable in key_passphrase_env"
        return "has no passphrase, but key_passphrase_env names one"
    except ValueError:
        return "is damaged" if passphrase is None else "cannot be opened: wrong passphrase, or damaged"
    except UnsupportedAlgorithm:
        return "is of a kind that is not supported: use ed25519, ecdsa or rsa"
    return ""


class _Agent(paramiko.Agent):
    """paramiko's, which would wait for ever for one that hangs."""

    def _connect(self, conn: Any) -> None:
        if isinstance(conn, socket.socket):
            conn.settimeout(AGENT_LIMIT_S)
        super()._connect(conn)  # type: ignore[misc]


@contextmanager
def _agent_keys() -> Iterator[tuple[paramiko.PKey, ...]]:
    """Give the keys of the running SSH agent; none where there is no agent that answers."""
    try:
        agent = _Agent()
    except (OSError, paramiko.SSHException):
        yield ()
        return
    try:
        yield agent.get_keys()
    finally:
        agent.close()


def _check_agent() -> None:
    """Raise CredentialError when the SSH agent has no keys, or more than devices put up with."""
    with _agent_keys() as keys:
        held = len(keys)
    if not held:
        raise CredentialError("use_agent: no SSH agent with a key is running; start it and `ssh-add` the key")
    if held > MOST_AGENT_KEYS:
        raise CredentialError(
            f"use_agent: the SSH agent holds {held} keys, and devices lock after a few wrong ones: "
            f"keep at most {MOST_AGENT_KEYS} in it, or name the right one with key_file"
        )
