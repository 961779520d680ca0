"""Is this the device it claims to be: host keys against known_hosts, before any password is sent."""

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import md5, sha256
from pathlib import Path

import paramiko
from paramiko.hostkeys import HostKeyEntry, InvalidHostKey

from collector.errors import HostKeyError
from collector.hub import aside
from collector.known_hosts import HASHED, names, remember

_SSH_PORT = 22


@dataclass(frozen=True, slots=True)
class HostKeyRules:
    """Which host keys are accepted."""

    known_hosts: tuple[Path, ...] = (Path("~/.ssh/known_hosts"),)
    """OpenSSH files that are read; one that does not exist is empty."""
    trust_first_use: Path | None = None
    """None: a key that no file holds is refused. Else it is accepted and appended to this file, which is
    read too. A key other than the known one is refused in any case."""

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that is read and exists."""
        own = () if self.trust_first_use is None else (self.trust_first_use,)
        paths = (path.expanduser() for path in (*self.known_hosts, *own))
        return tuple(dict.fromkeys(path for path in paths if path.exists()))

    def known(self, name: str) -> tuple[paramiko.PKey, ...]:
        """Give the keys known for a host, the first of each type; raises HostKeyError for a file unread."""
        keys: dict[str, paramiko.PKey] = {}
        for path in self.files:
            try:
                for key in _known(path, name):
                    keys.setdefault(key.get_name(), key)
            except (OSError, UnicodeDecodeError, paramiko.SSHException, InvalidHostKey) as error:
                raise HostKeyError(f"{path} 读不出来：{error}") from error
        return tuple(keys.values())


def fingerprint(key: paramiko.PKey) -> str:
    """Give a key's fingerprint as `ssh-keygen -l` prints it."""
    return "SHA256:" + base64.b64encode(sha256(key.asbytes()).digest()).decode().rstrip("=")


def fingerprint_md5(key: paramiko.PKey) -> str:
    """Give it as `ssh-keygen -l -E md5` and old switches print it; alone it proves nothing."""
    digest = md5(key.asbytes(), usedforsecurity=False).hexdigest()
    return "MD5:" + ":".join(digest[place : place + 2] for place in range(0, len(digest), 2))


class HostKeyPolicy(paramiko.MissingHostKeyPolicy):
    """Decides about a key that paramiko did not find among the known ones."""

    def __init__(self, rules: HostKeyRules) -> None:
        self._rules = rules

    def missing_host_key(self, client: paramiko.SSHClient, hostname: str, key: paramiko.PKey) -> None:
        """Accept and write down, or raise HostKeyError."""
        target = self._rules.trust_first_use
        if target is None:
            raise HostKeyError(
                f"{hostname} 的主机密钥未知（{key.get_name()} {fingerprint(key)}），未登录："
                "核对后写入 known_hosts，或明确选择首次信任"
            )
        aside(remember, target, hostname, key)


def known_as(host: str, port: int) -> str:
    """Give the name that known_hosts has for an address."""
    return host if port == _SSH_PORT else f"[{host}]:{port}"


def client_with(rules: HostKeyRules, name: str, known: Iterable[paramiko.PKey]) -> paramiko.SSHClient:
    """Make an SSH client that knows these keys of `name` and asks our policy about others."""
    client = _Client(_KnownKeys(name, known))
    client.set_missing_host_key_policy(HostKeyPolicy(rules))
    return client


class _Client(paramiko.SSHClient):
    def __init__(self, known: "_KnownKeys") -> None:
        super().__init__()
        self._system_host_keys = self._host_keys = known


class _KnownKeys(paramiko.HostKeys):
    """The keys of one host. paramiko's own make two classes for every look into them, slow and in circles."""

    def __init__(self, name: str, known: Iterable[paramiko.PKey]) -> None:
        super().__init__()
        self._name = name
        self._keys = _KeysByType((key.get_name(), key) for key in known)

    def lookup(self, hostname: str) -> "_KeysByType | None":  # type: ignore[override]
        """Give the keys of that host by type; None: none is known."""
        return self._keys if self._keys and hostname == self._name else None


class _KeysByType(dict[str, paramiko.PKey]):
    def keys(self) -> list[str]:  # type: ignore[override]
        """Give the types; paramiko asks for the first."""
        return list(super().keys())


def _known(path: Path, name: str) -> Iterator[paramiko.PKey]:
    """Give the keys that a file has for a name, in its order."""
    status = path.stat()
    lines = _lines_by_name(path, status.st_mtime_ns, status.st_size)
    for line in sorted((*lines.get(name, ()), *lines.get(HASHED, ()))):
        entry = HostKeyEntry.from_line(line[1])
        if entry is not None and names(entry, name):
            yield entry.key


@lru_cache(maxsize=8)
def _lines_by_name(path: Path, mtime_ns: int, size: int) -> dict[str, list[tuple[int, str]]]:
    """Index a file's lines, with their numbers, by the names in them; a thousand devices look in it."""
    lines: dict[str, list[tuple[int, str]]] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        listed, _, _ = line.strip().replace("\t", " ").partition(" ")
        for name in dict.fromkeys(HASHED if n.startswith(HASHED) else n for n in listed.split(",")):
            lines.setdefault(name, []).append((number, line.strip()))
    return lines


def changed(hostname: str, shown: paramiko.PKey, *known: paramiko.PKey) -> HostKeyError:
    """Say that a device shows another key than the one we know."""
    before = "、".join(f"{key.get_name()} {fingerprint(key)}" for key in known)
    return HostKeyError(
        f"{hostname} 的主机密钥变了：已知 {before}，现为 {shown.get_name()} {fingerprint(shown)}，"
        "未登录：设备可能已更换，也可能有人冒充，请先核实"
    )
