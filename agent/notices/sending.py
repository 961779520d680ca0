"""Handing one notice to one channel: over before long, and no secret in any error."""

import base64
import hmac
import smtplib
import ssl
from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import requests

from agent.notices.settings import Mail, Webhook

TIMEOUT_S = 10.0
MOST_BYTES = {"wecom": 4096, "dingtalk": 18_000, "feishu": 18_000}
"""Longest text that a robot takes, in UTF-8 (their own documentation; a little below for the latter two)."""
CUT = "\n……（内容过长，余下见报告）"


class SendError(Exception):
    """The notice did not get there; the text holds no secret. `final`: trying again will not help."""

    def __init__(self, why: str, *, final: bool = False) -> None:
        super().__init__(why)
        self.final = final


def send_mail(
    channel: Mail,
    title: str,
    lines: tuple[str, ...],
    attachments: tuple[Path, ...],
    environ: Mapping[str, str],
    now: datetime,
) -> None:
    """Send one mail; raises SendError."""
    message = EmailMessage()
    message["Subject"] = title
    message["From"] = channel.sender
    message["To"] = ", ".join(channel.to)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain="xunjian.invalid")
    message.set_content("\n".join(lines))
    for path in attachments if channel.attach else ():
        try:
            content = path.read_bytes()
        except OSError as error:
            raise SendError(f"attachment {path.name} cannot be read: {error.strerror}", final=True) from error
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=path.name)
    try:
        with _connected(channel) as server:
            if channel.username:
                _log_in(server, channel, _secret(channel.password_env, environ))
            server.send_message(message)
    except smtplib.SMTPException as error:
        raise SendError(f"{channel.host}: {type(error).__name__}") from None
    except OSError as error:
        raise SendError(f"{channel.host}:{channel.port}: {error.strerror or type(error).__name__}") from None


def _connected(channel: Mail) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if channel.security == "tls":
        return smtplib.SMTP_SSL(channel.host, channel.port, timeout=TIMEOUT_S, context=context)
    server = smtplib.SMTP(channel.host, channel.port, timeout=TIMEOUT_S)
    if channel.security == "starttls":
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
    return server


def _log_in(server: smtplib.SMTP, channel: Mail, password: str) -> None:
    """Log in; some servers hang up on a wrong password instead of saying so."""
    try:
        server.login(channel.username, password)
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPServerDisconnected):
        raise SendError(f"{channel.host} refuses the login of {channel.username}", final=True) from None


def post(
    channel: Webhook, title: str, lines: tuple[str, ...], environ: Mapping[str, str], now: datetime
) -> None:
    """Hand a notice to a robot; raises SendError."""
    url = _secret(channel.url_env, environ)
    secret = None if channel.secret_env is None else _secret(channel.secret_env, environ)
    text = _fitting("\n".join(lines), MOST_BYTES[channel.kind] - len(title.encode()) - 200)
    body, query = _FORMS[channel.kind](title, text, secret, now)
    try:
        answer = requests.post(url + query, json=body, timeout=TIMEOUT_S, allow_redirects=False)
        said = answer.json() if answer.status_code == requests.codes.ok else {}
    except requests.RequestException as error:
        # The text of the error names the address, which is a secret.
        raise SendError(f"{channel.kind}: {type(error).__name__}") from None
    if answer.status_code != requests.codes.ok:
        final = 300 <= answer.status_code < 500 and answer.status_code != requests.codes.too_many_requests
        raise SendError(f"{channel.kind} answers HTTP {answer.status_code}", final=final)
    code = said.get("errcode", said.get("code", said.get("StatusCode"))) if isinstance(said, dict) else None
    if code != 0:
        raise SendError(f"{channel.kind} did not take it (code {code})", final=code not in _BUSY)


_BUSY = (None, -1, 45009, 130101, 11232, 9499)
"""Answers that mean: later. System busy; too often, of wecom, dingtalk and feishu."""


def _wecom(title: str, text: str, _secret_: str | None, _now: datetime) -> tuple[dict[str, Any], str]:
    """Make the body for 企业微信 group robots (developer.work.weixin.qq.com, 群机器人配置说明)."""
    return {"msgtype": "markdown", "markdown": {"content": f"**{title}**\n{text}"}}, ""


def _dingtalk(title: str, text: str, secret: str | None, now: datetime) -> tuple[dict[str, Any], str]:
    """Make the body for 钉钉 custom robots, signed: HMAC-SHA256 of timestamp and secret under the secret."""
    broken = text.replace("\n", "\n\n")
    body = {"msgtype": "markdown", "markdown": {"title": title, "text": f"### {title}\n\n{broken}"}}
    if secret is None:
        return body, ""
    stamp = str(int(now.timestamp() * 1000))
    digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), sha256).digest()
    return body, f"&timestamp={stamp}&sign={quote_plus(base64.b64encode(digest))}"


def _feishu(title: str, text: str, secret: str | None, now: datetime) -> tuple[dict[str, Any], str]:
    """Make the body for 飞书 custom robots, signed: HMAC-SHA256 of nothing under timestamp and secret."""
    body: dict[str, Any] = {
        "msg_type": "interactive",
        "card": {
            "header": {"title": {"tag": "plain_text", "content": title}},
            "elements": [{"tag": "markdown", "content": text}],
        },
    }
    if secret is None:
        return body, ""
    stamp = str(int(now.timestamp()))
    digest = hmac.new(f"{stamp}\n{secret}".encode(), b"", sha256).digest()
    return {"timestamp": stamp, "sign": base64.b64encode(digest).decode(), **body}, ""


_FORMS = {"wecom": _wecom, "dingtalk": _dingtalk, "feishu": _feishu}


def _fitting(text: str, most: int) -> str:
    """Cut a text to so many bytes of UTF-8, at a line end where there is one, and say that it was cut."""
    if len(text.encode()) <= most:
        return text
    kept = text.encode()[: most - len(CUT.encode())].decode(errors="ignore")
    return (kept.rpartition("\n")[0] or kept) + CUT


def _secret(variable: str | None, environ: Mapping[str, str]) -> str:
    value = environ.get(variable or "", "")
    if not value:
        raise SendError(f"the environment variable {variable} is not set", final=True)
    return value
