"""A known_hosts file, changed by us: line by line, whole or not at all, and readable by its owner alone."""

import os
from pathlib import Path
from threading import Lock

import paramiko
from filelock import FileLock
from paramiko.hostkeys import HostKeyEntry, InvalidHostKey

from collector.errors import HostKeyError

HASHED = "|1|"
"""How a name begins that OpenSSH has hashed."""
_ONE_AT_A_TIME = Lock()
_PATIENCE_S = 10


def remember(path: Path, name: str, key: paramiko.PKey, *, instead: bool = False) -> None:
    """Write that the host `name` (as `host_keys.known_as` has it) has this key; once, however often told.

    With `instead` all other keys of the host are forgotten; lines about others and comments stay as they
    are. Raises HostKeyError for a file that cannot be written.
    """
    # A link stays one: what it leads to is replaced.
    path = path.expanduser().resolve()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _ONE_AT_A_TIME, FileLock(path.with_name(f".{path.name}.lock"), timeout=_PATIENCE_S, mode=0o600):
            lines = path.read_text("utf-8").splitlines() if path.exists() else []
            if instead:
                lines = [kept for line in lines if (kept := _without(line, name, key)) is not None]
            if not any(_says(line, name, key) for line in lines):
                lines.append(_line(name, key))
            _replace(path, "".join(f"{line}\n" for line in lines))
    except (OSError, UnicodeDecodeError) as error:
        raise HostKeyError(f"{path} 无法写入：{error}") from error


def entry_of(line: str) -> HostKeyEntry | None:
    """Read one line; None for an empty one, a comment, and what cannot be read."""
    if not line.strip() or line.lstrip().startswith(("#", "@")):
        return None
    try:
        return HostKeyEntry.from_line(line.strip())
    except (paramiko.SSHException, InvalidHostKey):
        return None


def names(entry: HostKeyEntry, name: str) -> bool:
    """Tell whether an entry is about that name, which may stand there hashed with a salt."""
    return any(_same(known, name) for known in entry.hostnames)


def _same(known: str, name: str) -> bool:
    return known == (paramiko.HostKeys.hash_host(name, known) if known.startswith(HASHED) else name)


def _says(line: str, name: str, key: paramiko.PKey) -> bool:
    entry = entry_of(line)
    return entry is not None and names(entry, name) and entry.key == key


def _without(line: str, name: str, key: paramiko.PKey) -> str | None:
    """Give a line without this host, unless the key is the one it has; None when nothing is left."""
    entry = entry_of(line)
    if entry is None or not names(entry, name) or entry.key == key:
        return line
    others = [known for known in entry.hostnames if not _same(known, name)]
    _, _, rest = line.strip().replace("\t", " ").partition(" ")
    return f"{','.join(others)} {rest}" if others else None


def _line(name: str, key: paramiko.PKey) -> str:
    return f"{name} {key.get_name()} {key.get_base64()}"


def _replace(path: Path, text: str) -> None:
    draft = path.with_name(f"{path.name}.part")
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
