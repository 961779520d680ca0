"""What only somebody on site can see, as he filled it in (`baselines/site_form.py`)."""

from collections.abc import Iterator

from baselines.site_form import FilledForm, OnDevice, Room
from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, not_applicable, not_assessed, passed
from parsers.facts import FileSystem, PowerSupply, Reason, Unknown


def _blank(what: str, object_: str = "") -> Result:
    return not_assessed(Reason.NOT_FILLED, f"现场检查表没有填写{what}", object_)


def _room(context: Context) -> tuple[FilledForm, int, Room] | Result:
    """The device's room, or what to say instead: a room is told once, at the first of its devices."""
    form = context.form
    found = None if form is None else form.room_of(context.device.name)
    if form is None or found is None:
        return _blank("本机所在的机房")
    number, room = found
    first = next((name for name in room.devices if context.fleet.get(name) is not None), context.device.name)
    if first != context.device.name:
        return not_applicable(f"机房 {room.name} 在 {first} 处报告一次")
    return form, number, room


@check("ENV-003")
def room_climate(context: Context) -> list[Result]:
    """Temperature and humidity of the room."""
    found = _room(context)
    if isinstance(found, Result):
        return [found]
    form, number, room = found
    params = context.params
    rows = (
        ("temperature_c", "温度", "℃", room.temperature_c, params["temp_min_c"], params["temp_max_c"]),
        ("humidity_pct", "相对湿度", "%", room.humidity_pct, params["rh_min_pct"], params["rh_max_pct"]),
    )
    results = []
    for name, word, unit, value, low, high in rows:
        if value is None:
            results.append(_blank(f"机房{word}", name))
            continue
        seen = form.seen("rooms", number, name)
        said = f"机房 {room.name} {word} {value:g} {unit}，要求 {low:g}～{high:g} {unit}（{form.said}）"
        good = low <= value <= high
        results.append(passed(name, said, seen) if good else failed(name, Severity.MAJOR, said, seen))
    return results


@check("ENV-004", "power_supplies")
def power_feeds(context: Context) -> list[Result]:
    """Two supplies or more are fed from two circuits or more."""
    rows: tuple[PowerSupply, ...] = value_of(context.facts.power_supplies)
    present = [row for row in rows if row.present]
    if len(present) < 2:
        return [not_applicable("只有一块在位的独立电源，或设备不单列电源")]
    form, entry = _entry(context)
    if form is None or entry is None or entry.power_feeds is None:
        return [_blank("各电源接入的配电回路")]
    seen = form.seen("devices", context.device.name, "power_feeds")
    said = f"{len(present)} 块电源在位，接入回路：{'、'.join(entry.power_feeds) or '无'}（{form.said}）"
    if len(entry.power_feeds) < len(present):
        why = f"{said}；回路数少于电源数，没有填全"
        return [not_assessed(Reason.NOT_FILLED, why, "", seen)]
    if len(set(entry.power_feeds)) < 2:
        return [failed("", Severity.MAJOR, f"{said}，来自同一回路", seen)]
    return [passed("", said, seen)]


def _entry(context: Context) -> tuple[FilledForm | None, OnDevice | None]:
    form = context.form
    return form, None if form is None else form.form.devices.get(context.device.name)


@check("ENV-005")
def grounding(context: Context) -> list[Result]:
    """Resistance of the ground and state of cabling and labels in the room."""
    found = _room(context)
    if isinstance(found, Result):
        return [found]
    form, number, room = found
    most = context.params["ground_max_ohm"]
    if room.ground_ohm is None:
        ground = _blank("接地电阻", "ground_ohm")
    else:
        seen = form.seen("rooms", number, "ground_ohm")
        said = f"机房 {room.name} 接地电阻 {room.ground_ohm:g} Ω，要求不大于 {most:g} Ω（{form.said}）"
        bad = room.ground_ohm > most
        ground = failed("ground_ohm", Severity.MINOR, said, seen) if bad else passed("ground_ohm", said, seen)
    return [ground, _yes(context, form, "线缆与标签", "rooms", number, "cabling_ok", good=room.cabling_ok)]


@check("ENV-006")
def dust(context: Context) -> list[Result]:
    """Dust filters, air ducts, blank panels in the room."""
    found = _room(context)
    if isinstance(found, Result):
        return [found]
    form, number, room = found
    return [_yes(context, form, "防尘与通风", "rooms", number, "dust_ok", good=room.dust_ok)]


@check("ENV-007")
def panel(context: Context) -> list[Result]:
    """Lamps and look of the device."""
    form, entry = _entry(context)
    good = None if entry is None else entry.panel_ok
    return [_yes(context, form, "指示灯与外观", "devices", context.device.name, "panel_ok", good=good)]


def _yes(
    context: Context, form: FilledForm | None, what: str, *place: str | int, good: bool | None
) -> Result:
    object_ = str(place[-1])
    if form is None or good is None:
        return _blank(what, object_)
    note = _note(context, form, place)
    said = f"{what}{'符合要求' if good else '不符合要求'}{note}（{form.said}）"
    seen = form.seen(*place)
    return passed(object_, said, seen) if good else failed(object_, Severity.MINOR, said, seen)


def _note(context: Context, form: FilledForm, place: tuple[str | int, ...]) -> str:
    """What he wrote beside it."""
    row: Room | OnDevice | None
    if place[0] == "rooms":
        row = form.form.rooms[int(place[1])]
    else:
        row = form.form.devices.get(context.device.name)
    return f"：{row.note}" if row is not None and row.note else ""


@check("HW-016", also=("filesystems",))
def removable_media(context: Context) -> list[Result]:
    """A stick or card that the device lists, or that was seen; a device lists the storage in use only."""
    listed = list(_listed(context))
    if listed:
        return listed
    form, entry = _entry(context)
    plugged = None if entry is None else entry.removable_media
    if form is None or plugged is None:
        return [_blank("有无外接存储介质；设备只列出当前使用的介质，不能据此判断")]
    seen = form.seen("devices", context.device.name, "removable_media")
    if plugged:
        return [failed("", Severity.MINOR, f"接有外接存储介质（{form.said}）", seen)]
    return [passed("", f"没有外接存储介质（{form.said}）", seen)]


def _listed(context: Context) -> Iterator[Result]:
    fact = context.facts.filesystems
    rows: tuple[FileSystem, ...] = () if isinstance(fact, Unknown) else fact.value
    for row in rows:
        if row.kind == "removable":
            yield failed(row.name, Severity.MINOR, f"设备列出外接存储介质 {row.name}", row.seen)


@check("MGT-010")
def strong_authentication(context: Context) -> list[Result]:
    """Logins go through a bastion host, or need a second factor; told once, at the first device."""
    form = context.form
    way = None if form is None else form.form.management_access
    if form is None or way is None:
        return [_blank("登录是否经堡垒机或双因素")]
    first = next((member.device.name for member in context.fleet.members), context.device.name)
    if first != context.device.name:
        return [not_applicable(f"全局点在 {first} 处报告一次")]
    seen = form.seen("management_access")
    words = {
        "bastion": "经堡垒机登录",
        "two_factor": "登录需要第二因素",
        "none": "没有堡垒机，也没有第二因素",
    }
    said = f"{words[way]}（{form.said}）"
    return [failed("", Severity.MINOR, said, seen) if way == "none" else passed("", said, seen)]


@check("CFG-002")
def backups(context: Context) -> list[Result]:
    """The last good backup of the configuration outside the device, as of the day the form was filled in."""
    form, entry = _entry(context)
    if form is None or entry is None or entry.backup_on is None or form.form.filled_on is None:
        return [_blank("最近一次外部配置备份成功的日期")]
    days = (form.form.filled_on - entry.backup_on).days
    seen = form.seen("devices", context.device.name, "backup_on")
    said = f"最近一次外部备份成功于 {entry.backup_on}，填表时已 {days} 天（{form.said}）"
    if days < 0:
        return [not_assessed(Reason.UNPARSED, f"{said}；日期晚于填表日期", "", seen)]
    if days > context.params["age_max_days"]:
        said += f"，超过 {context.params['age_max_days']} 天"
        return [failed("", Severity.MAJOR, said, seen)]
    return [passed("", said, seen)]
