import copy
import json
import logging
import pickle
import traceback

import pytest

from collector.credentials import Login, Secret, resolve
from collector.errors import CredentialError
from collector.inventory import Credential

WORD = "XJCANARY-LOGIN-7"
CREDENTIALS = {
    "by-env": Credential(username="u1", password_env="SITE_PW"),
    "by-hand": Credential(username="u2"),
}


def test_the_environment_comes_first_and_people_second() -> None:
    asked: list[tuple[str, str]] = []

    def ask(name: str, username: str) -> str:
        asked.append((name, username))
        return "typed"

    logins = resolve(CREDENTIALS, ["by-env", "by-hand", "by-env"], {"SITE_PW": WORD}, ask)
    assert {name: (login.username, login.password.reveal()) for name, login in logins.items()} == {
        "by-env": ("u1", WORD),
        "by-hand": ("u2", "typed"),
    }
    assert asked == [("by-hand", "u2")]


def test_a_variable_that_is_not_set_is_asked_for() -> None:
    assert resolve(CREDENTIALS, ["by-env"], {}, lambda *_: "typed")["by-env"].password.reveal() == "typed"


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
