"""How a simulated device lets people in: the methods of SSH that its accounts and faults ask for."""

from collections.abc import Sequence

import asyncssh

from collector.simulator.device import Account, SimulatedDevice

_Challenge = bool | tuple[str, str, str, list[tuple[str, bool]]]
"""An end, or name, instructions, language and prompts with whether answers are shown."""


class Door(asyncssh.SSHServer):
    """One connection up to its login; `account` is then who came in.

    Where an account needs key and password, the key comes first and the password is offered after it.
    """

    def __init__(self, device: SimulatedDevice) -> None:
        self._device = device
        self._username = ""
        self._keyed: Account | None = None
        """Whose key was right, and whose password is still wanted."""
        self._prompts_left: list[str] = []
        self.account: Account | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """Begin."""
        self._connection = conn

    def begin_auth(self, username: str) -> bool:
        """Want a login from everybody."""
        self._username = username
        return True

    # --- keys -------------------------------------------------------------------------------------

    def public_key_auth_supported(self) -> bool:
        """Take keys of those who have one."""
        return self._keyed is None and any(account.public_key for account in self._mine())

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Judge a key whose signature is right."""
        text = key.export_public_key().decode()
        account = self._device.login_with_key(username, " ".join(text.split()[:2]))
        if account is not None and account.needs_both:
            self._keyed = account
            # asyncssh knows no login in two steps: this answer comes before its own, which is then not sent.
            self._connection.send_userauth_failure(partial_success=True)
            return False
        self.account = account
        return account is not None

    # --- passwords --------------------------------------------------------------------------------

    def password_auth_supported(self) -> bool:
        """Take passwords, unless they are asked for by prompts."""
        return self._takes_passwords() and not self._device.faults.prompts

    def validate_password(self, username: str, password: str) -> bool:
        """Judge a password."""
        account = self._device.login(username, password)
        if account is not None and self._device.faults.password_expired:
            raise asyncssh.PasswordChangeRequired("Your password has expired. New password:")
        self.account = account
        return account is not None

    def kbdint_auth_supported(self) -> bool:
        """Ask by prompts."""
        return self._takes_passwords() and bool(self._device.faults.prompts)

    def get_kbdint_challenge(self, username: str, lang: str, submethods: str) -> _Challenge:
        """Begin with the first prompt."""
        self._prompts_left = list(self._device.faults.prompts)
        return self._question()

    def validate_kbdint_response(self, username: str, responses: Sequence[str]) -> _Challenge:
        """Take the password after the first prompt; no answer to another one is ever right."""
        first = len(self._prompts_left) == len(self._device.faults.prompts)
        self._prompts_left.pop(0)
        answer = "".join(responses)
        if not first:
            self._device.refuse(username, "keyboard-interactive")
            return False
        account = self._device.login(username, answer, "keyboard-interactive")
        if account is not None and self._prompts_left:
            return self._question()
        self.account = account
        return account is not None

    def _question(self) -> _Challenge:
        return "", "", "", [(self._prompts_left[0], False)]

    def _takes_passwords(self) -> bool:
        mine = self._mine()
        return not mine or any(
            account.password and (not account.needs_both or account is self._keyed) for account in mine
        )

    def _mine(self) -> list[Account]:
        return [account for account in self._device.accounts if account.username == self._username]
