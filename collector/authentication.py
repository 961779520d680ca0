"""Logging in over an SSH transport: one sequence, nothing sent twice, no question answered by guessing.

The order is that of RFC 4252: the method `none` tells which methods the server takes (5.2); the keys, if
there are any, come next, and the password last, by the method `password` or else as the answer to one prompt
of `keyboard-interactive` (RFC 4256), as servers behind RADIUS and TACACS+ send it. Where a server wants
both (partial success, 5.1), they follow one another in the same connection.
"""

import re
from collections.abc import Callable
from time import monotonic

import paramiko
from paramiko.auth_handler import AuthHandler

from collector.credentials import Login, Secret
from collector.errors import AuthenticationError, LoginFailedError, UnreachableError
from collector.hub import Signal

_ASKS_PASSWORD = re.compile(r"password|passwd|密码|口令", re.IGNORECASE)
_ASKS_MORE = re.compile(
    r"\b(?:new|old|current|again|confirm|change|code|otp|pin|token|second|next)\b"
    r"|\b(?:expir|retype|re-?enter|verif)|one.?time|passcode"
    r"|新|旧|当前|修改|更改|过期|到期|确认|再次|重复|一次性|动态|令牌|验证码",
    re.IGNORECASE,
)
"""In a prompt: it is not the login password that is wanted, or not it alone."""
_ANNOUNCES_MORE = re.compile(
    r"\b(?:has|is) expired|must (?:be )?change|new password|one.?time|\botp\b|passcode|token"
    r"|已过期|已到期|新密码|新口令|一次性|动态|令牌",
    re.IGNORECASE,
)
"""The same in the text before a prompt, which can also be a banner about anything."""
_SHOWN_CHARS = 100


class Authentication:
    """Logs in to `where` with what a Login holds; what paramiko's `connect` takes for `auth_strategy`."""

    def __init__(self, login: Login, where: str) -> None:
        self._login = login
        self._where = where

    def authenticate(self, transport: paramiko.Transport) -> None:
        """Log in, in the time that the transport's `auth_timeout` gives for all steps together.

        Raises AuthenticationError when it is refused, or when the server asks what no password answers;
        LoginFailedError when what the login holds is not what the server takes, or no answer comes;
        UnreachableError when the connection ends before anything secret was sent.
        """
        with self._login.keys() as keys:
            _Sequence(transport, self._login, list(keys), self._where).run()


class _Sequence:
    """One login."""

    def __init__(
        self, transport: paramiko.Transport, login: Login, keys: list[paramiko.PKey], where: str
    ) -> None:
        self._transport = transport
        self._dialogue = _Dialogue(transport)
        self._login = login
        self._keys = keys
        self._password = login.password
        """None: there is none, or it was sent."""
        self._where = where
        self._until = monotonic() + (transport.auth_timeout or 0.0)
        self._sent: list[str] = []
        """What was shown: 密钥, 密码."""
        self._unusable = ""
        """Why a key could not be used."""
        self._questions: _Questions | None = None

    def run(self) -> None:
        transport, dialogue, user = self._transport, self._dialogue, self._login.username
        transport.auth_handler = dialogue
        accepted = self._step("", lambda done: dialogue.auth_none(user, done))
        while not accepted:
            accepted = self._next_step()

    def _next_step(self) -> bool:
        methods, user, dialogue = self._dialogue.methods, self._login.username, self._dialogue
        if self._keys and "publickey" in methods:
            key = self._keys.pop(0)
            accepted = self._step("密钥", lambda done: dialogue.auth_publickey(user, key, done))
            if dialogue.partial:
                self._keys.clear()
            return accepted
        if self._password is not None and {"password", "keyboard-interactive"}.intersection(methods):
            secret, self._password = self._password, None
            accepted = self._give_password(secret)
            if not accepted and not dialogue.partial:
                raise AuthenticationError(self._refusal())
            return accepted
        raise self._dead_end()

    def _give_password(self, secret: Secret) -> bool:
        user, dialogue = self._login.username, self._dialogue
        if "password" in dialogue.methods:
            return self._step("密码", lambda done: dialogue.auth_password(user, secret.reveal(), done))
        self._questions = questions = _Questions(secret)
        return self._step("密码", lambda done: dialogue.auth_interactive(user, questions.answer, done))

    def _step(self, what: str, ask: Callable[[Signal], None]) -> bool:
        """Send one request, which shows `what`, and wait for its answer; tell whether we are in."""
        done = Signal()
        try:
            ask(done)
        except (OSError, paramiko.SSHException) as error:
            if not self._transport.is_active():
                raise self._hung_up() from None
            self._unusable = str(error)  # a key that cannot sign here; nothing of it was sent
            return False
        if what and what not in self._sent:
            self._sent.append(what)
        self._transport.auth_timeout = max(self._until - monotonic(), 0.01)
        try:
            self._dialogue.wait_for_response(done)
        except paramiko.BadAuthenticationType as refused:
            # paramiko's frame holds the error: with its trace it would keep the whole connection in memory.
            refused.__traceback__ = None
            return False
        except (EOFError, OSError, paramiko.SSHException) as error:
            error.__traceback__ = None
            if isinstance(error, paramiko.AuthenticationException) and "timeout" in str(error):
                raise LoginFailedError(f"{self._where} 没有在时限内答复登录，认证服务器可能不可用") from None
            if not self._transport.is_active():
                raise self._hung_up() from None
        finally:
            self._dialogue.password = None
            self._dialogue.interactive_handler = None
        return self._dialogue.is_authenticated()

    def _hung_up(self) -> LoginFailedError | UnreachableError:
        """Say why the connection ended in mid-login."""
        if self._questions is not None and self._questions.repeated:
            return AuthenticationError(self._refusal())
        if question := self._dialogue.declined:
            return AuthenticationError(f"{self._where} 登录时提出了不能代答的问题，未作回答：{question}")
        if self._sent:
            return AuthenticationError(
                f"{self._where} 在收到{'和'.join(self._sent)}后断开了连接，视为拒绝登录"
            )
        return UnreachableError(f"{self._where} 在登录开始前断开了连接")

    def _refusal(self) -> str:
        what = "用户名或密码" if self._sent == ["密码"] else f"用户名或{'和'.join(self._sent)}"
        return f"{self._where} 拒绝了{what}{self._accepts()}"

    def _dead_end(self) -> LoginFailedError:
        """Say why nothing is left to be tried."""
        if self._dialogue.partial:
            return LoginFailedError(
                f"{self._where} 接受了{'和'.join(self._sent)}，还要求凭据中没有给出的验证{self._accepts()}"
            )
        if self._sent:
            return AuthenticationError(self._refusal())
        has = [
            *(["密钥"] if self._login.has_key else []),
            *(["密码"] if self._login.password is not None else []),
        ]
        if self._login.has_key and "publickey" in self._dialogue.methods:
            why = self._unusable or "SSH agent 中已没有密钥"
            return LoginFailedError(f"{self._where}：密钥不能使用（{why}），未登录")
        return LoginFailedError(f"{self._where} 不接受用{'和'.join(has)}登录{self._accepts()}")

    def _accepts(self) -> str:
        return f"（设备接受：{'、'.join(self._dialogue.methods) or '无'}）"


class _Questions:
    """Answers the one prompt for the password, once, and nothing else. Raises _DeclinedError."""

    def __init__(self, secret: Secret) -> None:
        self._secret = secret
        self._answered: str | None = None
        """The prompt that was answered."""
        self.repeated = False
        """That prompt came again: the password was not right."""

    def answer(self, title: str, instructions: str, prompts: list[tuple[str, bool]]) -> list[str]:
        """Give the answers to one request of the server."""
        if not prompts:
            return []
        texts = [text for text, _ in prompts]
        before = f"{title} {instructions}"
        self.repeated = texts == [self._answered]
        if len(texts) != 1 or self._answered is not None or not _is_for_password(before, texts[0]):
            raise _DeclinedError(_shown(" ".join([before, *texts]), self._secret))
        self._answered = texts[0]
        return [self._secret.reveal()]


def _is_for_password(before: str, prompt: str) -> bool:
    said = re.sub(r"\S*@\S*", "", prompt)  # user and host can contain any word
    return bool(
        _ASKS_PASSWORD.search(said) and not _ASKS_MORE.search(said) and not _ANNOUNCES_MORE.search(before)
    )


class _DeclinedError(paramiko.SSHException):
    """Ends the connection, so that nothing is answered."""


def _shown(text: str, secret: Secret) -> str:
    """Give a server's words in one short line; one that repeats our password gets stars for it."""
    hidden = text.replace(secret.reveal(), "***") if secret.reveal() else text
    line = " ".join("".join(c if c.isprintable() else " " for c in hidden).split())
    return line[:_SHOWN_CHARS]


class _Dialogue(AuthHandler):
    """paramiko's side of the login, with what it does not tell: the methods left, partial success.

    It also asks for the service `ssh-userauth` once, and not again with each method, at which some
    servers hang up. `Transport.auth_*` would make a new handler for each method.
    """

    def __init__(self, transport: paramiko.Transport) -> None:
        super().__init__(transport)
        self.methods: tuple[str, ...] = ()
        """What the server named last as able to continue."""
        self.partial = False
        """The last one was right, but more is wanted."""
        self.declined = ""
        """The question of the server that was not answered."""
        self._service = False
        self._due = False
        """A request is to be sent, once the service is there."""

    def _request_auth(self) -> None:
        self._due = True
        if not self._service:
            self._service = True
            super()._request_auth()  # type: ignore[misc]
            return
        accepted = paramiko.Message()
        accepted.add_string("ssh-userauth")
        accepted.rewind()
        self._parse_service_accept(accepted)

    def _parse_service_accept(self, message: paramiko.Message) -> None:
        # Else a server that says it again would get the request again, with the password.
        if self._due:
            self._due = False
            super()._parse_service_accept(message)  # type: ignore[misc]

    def _choose_fallback_pubkey_algorithm(self, key_type: str, ours: list[str]) -> str:
        """Choose how an RSA key signs for a server that does not say what it takes (RFC 8308).

        Among devices that need old algorithms that is one from before SHA-2 in signatures.
        """
        return "ssh-rsa" if "ssh-rsa" in ours else ours[0]

    def _parse_userauth_failure(self, message: paramiko.Message) -> None:
        self.methods = tuple(message.get_list())
        self.partial = message.get_boolean()
        message.rewind()
        super()._parse_userauth_failure(message)  # type: ignore[misc]

    def _parse_userauth_info_request(self, message: paramiko.Message) -> None:
        try:
            if self.auth_method != "keyboard-interactive":
                # The same number is SSH_MSG_USERAUTH_PASSWD_CHANGEREQ after a password (RFC 4252, 8).
                raise _DeclinedError(_shown(message.get_text(), Secret(self.password or "")))
            super()._parse_userauth_info_request(message)  # type: ignore[misc]
        except _DeclinedError as error:
            self.declined = str(error) or "（设备未写明）"
            raise
