"""Local accounts: which there are, what they may do, and what is demanded of their passwords."""

from collections.abc import Iterator

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, lacking, not_applicable, passed
from parsers.facts import LocalUser, PasswordPolicy

PLAIN = "plain"
_DEMANDS = (
    ("length_min", "len_min", "长度至少 {} 位"),
    ("types_min", "types_min", "至少 {} 类字符"),
    ("history_min", "history_min", "不得与前 {} 次相同"),
)


@check("MGT-011", "users", "password_policy")
def accounts_and_passwords(context: Context) -> list[Result]:
    """No account as shipped, no password in clear, and demands on passwords that are worth the name."""
    users: tuple[LocalUser, ...] = value_of(context.facts.users)
    policy: PasswordPolicy = value_of(context.facts.password_policy)
    if not users:
        return [not_applicable("没有本地管理账号，口令策略由远端认证承担")]
    return [*_accounts(users, context), _policy(policy, context)]


def _accounts(users: tuple[LocalUser, ...], context: Context) -> Iterator[Result]:
    bad = False
    for user in users:
        reasons = ["是出厂或通用账号名"] if user.name.lower() in context.params["default_names"] else []
        reasons += ["口令以明文保存"] if user.password_form == PLAIN else []
        if reasons:
            bad = True
            name = f"账号 {user.name}"
            yield failed(name, Severity.CRITICAL, f"{name} {'，'.join(reasons)}", user.seen)
    if not bad:
        names = "、".join(user.name for user in users)
        yield passed("账号", f"本地账号 {names}，没有通用账号名与明文口令", *(user.seen for user in users))


def _policy(row: PasswordPolicy, context: Context) -> Result:
    name, params = "口令策略", context.params
    known = [demand for demand in (*(d[0] for d in _DEMANDS), "age_max_days") if demand not in row.cannot]
    if all(getattr(row, demand) is None for demand in known):
        return lacking(name, Severity.MAJOR, "对本地口令没有任何要求", row.seen)
    weak = []
    for field, param, text in _DEMANDS:
        value = getattr(row, field)
        if field in known and (value is None or value < params[param]):
            weak.append(f"{text.format(params[param])}（现为{'无要求' if value is None else f' {value}'}）")
    age = row.age_max_days
    if age is None or age > params["age_max_d"]:
        now = "无要求" if age is None else f" {age}"
        weak.append(f"最长 {params['age_max_d']} 天更换（现为{now}）")
    if weak:
        return failed(name, Severity.MINOR, f"口令策略未达到：{'；'.join(weak)}", row.seen)
    note = "；平台不支持记录历史口令" if row.cannot else ""
    return passed(name, f"口令长度、复杂度与更换周期达到要求{note}", row.seen)


@check("MGT-013", "users")
def privileges(context: Context) -> list[Result]:
    """Few accounts may do everything, and none that a program logs in with."""
    users: tuple[LocalUser, ...] = value_of(context.facts.users)
    if not users:
        return [not_applicable("没有本地管理账号")]
    powerful = [user for user in users if user.administrator]
    results = [_service_account(user) for user in powerful if _is_service(user, context)]
    most = context.params["admins_max"]
    said = f"最高权限本地账号 {len(powerful)} 个"
    if len(powerful) > most:
        names = "、".join(user.name for user in powerful)
        seen = [user.seen for user in powerful]
        results.append(failed("", Severity.MAJOR, f"{said}（{names}），多于 {most} 个", *seen))
    return results or [passed("", said, *(user.seen for user in users))]


def _is_service(user: LocalUser, context: Context) -> bool:
    return any(word in user.name.lower() for word in context.params["service_words"])


def _service_account(user: LocalUser) -> Result:
    name = f"账号 {user.name}"
    said = f"{name} 从名称看供程序登录（巡检、网管、备份等），却有最高权限"
    return failed(name, Severity.MAJOR, said, user.seen)
