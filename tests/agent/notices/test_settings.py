from pathlib import Path

import pytest

from agent.notices.settings import Mail, NoticeError, Webhook, load_channels

GOOD = """
channels:
  team:
    kind: mail
    host: mail.example.com
    sender: xunjian@example.com
    to: [ops@example.com]
    internal: true
    attach: true
    username: xunjian
    password_env: XJ_MAIL
  group: {kind: dingtalk, url_env: XJ_DING, secret_env: XJ_DING_SECRET}
"""


def load(tmp_path: Path, text: str) -> dict[str, Mail | Webhook]:
    path = tmp_path / "notices.yaml"
    path.write_text(text, "utf-8")
    return load_channels(path)


def test_channels_are_read(tmp_path: Path) -> None:
    channels = load(tmp_path, GOOD)
    team, group = channels["team"], channels["group"]
    assert isinstance(team, Mail)
    assert (team.port, team.security, team.attach, team.internal) == (587, "starttls", True, True)
    assert isinstance(group, Webhook)
    assert (group.kind, group.url_env, group.internal) == ("dingtalk", "XJ_DING", False)


WRONG = {
    "a: 1": ("channels: is missing", "a: value 1"),
    "channels: {a: {kind: fax}}": ("channels.a",),
    "channels: {a: {kind: wecom, url_env: 'https://x'}}": ("channels.a.wecom.url_env",),
    "channels: {a: {kind: wecom, url_env: U, secret_env: S}}": ("robots of wecom do not sign",),
    "channels: {a: {kind: mail, host: h, sender: a@b, to: [c@d], attach: true}}": ("internal channels only",),
    "channels: {a: {kind: mail, host: h, sender: a@b, to: []}}": ("channels.a.mail.to",),
    "channels: {a: {kind: mail, host: h, sender: '王@b', to: [c@d]}}": ("channels.a.mail.sender",),
    "channels: {a: {kind: mail, host: h, sender: a@b, to: [c@d], username: u}}": ("without password_env",),
    "channels: {a: {kind: mail, host: h, sender: a@b, to: [c@d], username: u, password_env: P,"
    " security: none}}": ("in clear",),
    "channels: [": ("no valid YAML",),
}


@pytest.mark.parametrize("text", WRONG)
def test_mistakes_are_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(NoticeError) as error:
        load(tmp_path, text)
    for part in WRONG[text]:
        assert part in str(error.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NoticeError, match="cannot be read"):
        load_channels(tmp_path / "none.yaml")
