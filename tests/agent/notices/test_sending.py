"""Real mail over a real connection with STARTTLS, and robots of group chats with their signatures."""

import base64
import hmac
import socket
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import pytest

from agent.notices.sending import MOST_BYTES, SendError, post, send_mail
from agent.notices.settings import Mail, Webhook
from tests.agent.notices.receivers import PASSWORD, mail_server, robot

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
SECRET = "XJCANARY-SIGN"
LINES = ("新增 2 项", "已解决 1 项")


def mail(port: int, **more: Any) -> Mail:
    return Mail(
        kind="mail",
        host="127.0.0.1",
        port=port,
        sender="xunjian@example.com",
        to=("ops@example.com", "boss@example.com"),
        internal=True,
        username="xunjian",
        password_env="XJ_MAIL",
        **more,
    )


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    return tmp_path


def test_a_mail_arrives_encrypted_with_its_document(trusted: Path) -> None:
    report = trusted / "巡检.pdf"
    report.write_bytes(b"%PDF-demo")
    with mail_server(trusted) as box:
        send_mail(mail(box.port, attach=True), "巡检变化", LINES, (report,), {"XJ_MAIL": PASSWORD}, NOW)
    (got,) = box.mails
    assert box.encrypted == [True]
    assert got["Subject"] == "巡检变化"
    assert got["To"] == "ops@example.com, boss@example.com"
    body = got.get_body(("plain",))
    assert body is not None
    assert body.get_content().split() == ["新增", "2", "项", "已解决", "1", "项"]
    (attached,) = got.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("巡检.pdf", b"%PDF-demo")


def test_documents_stay_at_home_where_they_are_not_asked_for(trusted: Path) -> None:
    with mail_server(trusted) as box:
        send_mail(mail(box.port), "t", LINES, (trusted / "cert.pem",), {"XJ_MAIL": PASSWORD}, NOW)
    assert list(box.mails[0].iter_attachments()) == []


def test_a_refused_login_is_final_and_tells_no_password(trusted: Path) -> None:
    with mail_server(trusted) as box, pytest.raises(SendError) as error:
        send_mail(mail(box.port), "t", LINES, (), {"XJ_MAIL": "XJCANARY-WRONG"}, NOW)
    assert error.value.final
    assert "refuses the login" in str(error.value)
    assert "XJCANARY" not in str(error.value)
    assert box.mails == []


def test_a_server_that_nobody_vouches_for_gets_nothing(tmp_path: Path) -> None:
    with mail_server(tmp_path) as box, pytest.raises(SendError, match="SSL"):
        send_mail(mail(box.port), "t", LINES, (), {"XJ_MAIL": PASSWORD}, NOW)
    assert box.mails == []


def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(SendError, match="refused") as error:
        send_mail(mail(port), "t", LINES, (), {"XJ_MAIL": PASSWORD}, NOW)
    assert not error.value.final


def test_a_password_that_is_not_set(trusted: Path) -> None:
    with mail_server(trusted) as box, pytest.raises(SendError, match="XJ_MAIL is not set"):
        send_mail(mail(box.port), "t", LINES, (), {}, NOW)


# --- robots ----------------------------------------------------------------------------------------

Kind = Literal["wecom", "dingtalk", "feishu"]


def hook(kind: Kind, *, signed: bool = False) -> Webhook:
    return Webhook(kind=kind, url_env="XJ_URL", secret_env="XJ_SECRET" if signed else None)


def sent(kind: Kind, *, signed: bool = False, lines: tuple[str, ...] = LINES) -> tuple[str, dict[str, Any]]:
    with robot() as there:
        post(hook(kind, signed=signed), "标题", lines, {"XJ_URL": there.url, "XJ_SECRET": SECRET}, NOW)
    ((path, body),) = there.requests
    return path, body


def test_wecom() -> None:
    path, body = sent("wecom")
    assert path == "/robot?key=XJCANARY-ROBOT"
    assert body == {"msgtype": "markdown", "markdown": {"content": "**标题**\n新增 2 项\n已解决 1 项"}}


def test_dingtalk_is_signed() -> None:
    path, body = sent("dingtalk", signed=True)
    query = parse_qs(urlsplit(path).query)
    stamp = "1795161600000"
    digest = hmac.new(SECRET.encode(), f"{stamp}\n{SECRET}".encode(), sha256).digest()
    assert query["timestamp"] == [stamp]
    assert query["sign"] == [base64.b64encode(digest).decode()]
    assert body["markdown"] == {"title": "标题", "text": "### 标题\n\n新增 2 项\n\n已解决 1 项"}


def test_feishu_is_signed() -> None:
    _, body = sent("feishu", signed=True)
    digest = hmac.new(f"1795161600\n{SECRET}".encode(), b"", sha256).digest()
    assert (body["timestamp"], body["sign"]) == ("1795161600", base64.b64encode(digest).decode())
    assert body["card"]["elements"] == [{"tag": "markdown", "content": "新增 2 项\n已解决 1 项"}]


@pytest.mark.parametrize("kind", ["dingtalk", "feishu"])
def test_unsigned(kind: Kind) -> None:
    path, body = sent(kind)
    assert "sign" not in path
    assert "sign" not in body


def test_what_is_too_long_is_cut_and_says_so() -> None:
    _, body = sent("wecom", lines=tuple(f"第 {n} 行，端口状态变化" for n in range(400)))
    content = body["markdown"]["content"]
    assert len(content.encode()) <= MOST_BYTES["wecom"]
    assert content.endswith("……（内容过长，余下见报告）")
    assert "\n第 0 行，端口状态变化\n" in content


@pytest.mark.parametrize(
    ("code", "answer", "final"),
    [
        (200, {"errcode": 93000, "errmsg": "invalid webhook url"}, True),
        (200, {"errcode": 45009}, False),
        (200, {"code": 19021}, True),
        (200, {}, False),
        (404, {}, True),
        (302, {}, True),
        (429, {}, False),
        (502, {}, False),
    ],
)
def test_what_a_robot_does_not_take(code: int, answer: dict[str, Any], *, final: bool) -> None:
    with robot() as there:
        there.answers = [(code, answer)]
        with pytest.raises(SendError) as error:
            post(hook("wecom"), "t", LINES, {"XJ_URL": there.url}, NOW)
    assert error.value.final is final
    assert "XJCANARY" not in str(error.value)
    assert error.value.__suppress_context__ or error.value.__context__ is None


def test_a_robot_that_is_not_there_tells_no_address() -> None:
    with pytest.raises(SendError) as error:
        post(hook("wecom"), "t", LINES, {"XJ_URL": "http://127.0.0.1:9/x?key=XJCANARY"}, NOW)
    assert "XJCANARY" not in str(error.value)
    assert not error.value.final
