from typing import Any

import pytest

from parsers.facts import LocalUser, PasswordPolicy
from tests.checks.case import SEEN, Case

VERDICTS = {
    "MGT-011": "pass, critical, major lacking, minor, not_applicable",
    "MGT-013": "pass, major, not_applicable",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""


def user(name: str, *, admin: bool = False, form: Any = "hash") -> LocalUser:
    return LocalUser(seen=SEEN, name=name, administrator=admin, password_form=form)


def policy(**values: Any) -> PasswordPolicy:
    said: dict[str, Any] = {"length_min": 10, "types_min": 3, "age_max_days": 90, "history_min": 5}
    return PasswordPolicy(seen=SEEN, **(said | values))


def accounts(
    name: str, *gives: str, users: tuple[LocalUser, ...] = (user("ops"),), says: str = "", **said: Any
) -> Case:
    facts = {"users": users, "password_policy": policy(**said)}
    return Case(check="MGT-011", name=name, facts=facts, gives=gives, says=(says,) if says else ())


def privileges(name: str, users: tuple[LocalUser, ...], *gives: str, says: str = "") -> Case:
    return Case(check="MGT-013", name=name, facts={"users": users}, gives=gives, says=(says,) if says else ())


ADMINS = tuple(user(name, admin=True) for name in ("a", "b", "c"))
STRICT = "pass 口令策略"
NOTHING: dict[str, Any] = {"length_min": None, "types_min": None, "age_max_days": None, "history_min": None}

CASES = [
    accounts("as it should be", "pass 账号", STRICT),
    accounts("a name that everybody knows", "fail critical 账号 test", STRICT, users=(user("test"),)),
    accounts("admin says nothing of its password", "pass 账号", STRICT, users=(user("admin"),)),
    accounts(
        "in clear",
        "fail critical 账号 ops",
        STRICT,
        users=(user("ops", form="plain"), user("b")),
        says="明文",
    ),
    accounts("hidden", "pass 账号", STRICT, users=(user("ops", form=None),)),
    accounts("nothing demanded", "pass 账号", "fail major 口令策略", **NOTHING),
    accounts("short", "pass 账号", "fail minor 口令策略", length_min=6, says="现为 6"),
    accounts("no age", "pass 账号", "fail minor 口令策略", age_max_days=None, says="现为无要求"),
    accounts("two years", "pass 账号", "fail minor 口令策略", age_max_days=730, says="现为 730"),
    accounts(
        "history is not possible",
        "pass 账号",
        STRICT,
        history_min=None,
        cannot=("history_min",),
        says="不支持",
    ),
    accounts(
        "nothing but what is not possible",
        "pass 账号",
        "fail major 口令策略",
        **NOTHING,
        cannot=("history_min",),
    ),
    accounts("no account", "not_applicable", users=()),
    privileges("two for emergencies", ADMINS[:2], "pass", says="2 个"),
    privileges("three", ADMINS, "fail major", says="a、b、c"),
    privileges("a program's", (user("Zabbix-ro", admin=True), user("ops")), "fail major 账号 Zabbix-ro"),
    privileges("a program's with few rights", (user("inspect"), user("ops", admin=True)), "pass"),
    privileges("no account", (), "not_applicable"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
