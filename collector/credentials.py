"""Login secrets: fetched when needed, kept in memory only, shown nowhere."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NoReturn

from collector.errors import CredentialError
from collector.inventory import Credential, Device, JumpHost

Ask = Callable[[str, str], str]
"""Asks the engineer for a password: (name of the credential, user name) to password."""


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


@dataclass(frozen=True, slots=True)
class Login:
    """What one credential of the inventory comes to."""

    username: str
    password: Secret


def credential_names(devices: Iterable[Device], jump_hosts: Mapping[str, JumpHost]) -> set[str]:
    """Give the credentials that these devices and the jump hosts on the way to them use."""
    return {
        name
        for device in devices
        for name in (device.credential, *(jump_hosts[hop].credential for hop in device.jump))
    }


def resolve(
    credentials: Mapping[str, Credential], names: Iterable[str], environ: Mapping[str, str], ask: Ask | None
) -> dict[str, Login]:
    """Fetch the passwords of the named credentials: from `environ`, else by asking.

    Raises CredentialError naming every one that cannot be had (`ask` None: nobody can be asked).
    """
    logins: dict[str, Login] = {}
    missing: list[str] = []
    for name in dict.fromkeys(names):
        credential = credentials[name]
        variable = credential.password_env
        password = environ.get(variable, "") if variable else ""
        if not password and ask is not None:
            password = ask(name, credential.username)
        if password:
            logins[name] = Login(credential.username, Secret(password))
        else:
            missing.append(
                f"{name} ({f'set the environment variable {variable}' if variable else 'none given'})"
            )
    if missing:
        raise CredentialError(f"no password for the credentials {', '.join(missing)}")
    return logins
