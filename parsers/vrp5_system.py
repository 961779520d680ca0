"""The system of a VRP5 device: who it is, stack, routing, spanning tree, time, logs, software, services."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Literal

from collector.terminal import decode
from parsers import vrp_access, vrp_config
from parsers.facts import (
    Clock,
    Identity,
    InfoCenter,
    LogEvent,
    LogHost,
    Ntp,
    NtpSource,
    OspfNeighbor,
    Patch,
    Service,
    Software,
    Ssh,
    Stack,
    StackMember,
    Startup,
    Stp,
    Telnet,
    Uptime,
)
from parsers.reader import Outputs, UnansweredError
from parsers.template import Row, UnreadableError
from parsers.times import stretch_s
from parsers.vrp5_rows import head, is_chassis, none_or, rows, said, units
from parsers.vrp_config import Dialect

_SECONDS = {"week": 604800, "day": 86400, "hour": 3600, "minute": 60}


# --- identity, software, uptime -------------------------------------------------------------------


def identity(outputs: Outputs) -> Identity:
    """Model of `display version`; name of the prompt, which on VRP is `<name>`, or of the configuration."""
    row = head(outputs)
    last = decode(outputs.capture("display version").raw).rstrip().splitlines()[-1].strip()
    if match := re.fullmatch(r"<([^<>\s]+)>", last):
        return Identity(seen=row.seen, hostname=match[1], model=said(row, "MODEL"))
    if vrp_config.RUNNING not in outputs.captures:
        raise UnansweredError((vrp_config.RUNNING,))
    tree = outputs.config(vrp_config.RUNNING)
    for line, found in tree.find(r"sysname (\S+)"):
        return Identity(seen=tree.seen(line), hostname=found[1], model=said(row, "MODEL"))
    raise UnreadableError("no prompt and no sysname in the configuration")


def software(outputs: Outputs) -> Software:
    """Version of the product and of the VRP under it."""
    row = head(outputs)
    return Software(
        seen=row.seen, os="VRP", version=said(row, "RELEASE"), platform_version=row["VRP"] or None
    )


def uptime(outputs: Outputs) -> Uptime:
    """Time since the device started, to the minute."""
    row = head(outputs)
    parts = re.findall(r"(\d+) (week|day|hour|minute)", said(row, "UPTIME"))
    return Uptime(seen=row.seen, uptime_s=sum(int(count) * _SECONDS[unit] for count, unit in parts))


# --- stack, routing, spanning tree ----------------------------------------------------------------

_STACK_ROLES: dict[str, Literal["master", "standby", "slave"]] = {
    "Master": "master",
    "Standby": "standby",
    "Slave": "slave",
}


def stack(outputs: Outputs) -> Stack:
    """Members of a stack of boxes; a chassis has none, whatever its boards.

    The units of `display version` are the members; `display stack`, which not every model knows,
    adds priority and MAC. Raises UnreadableError when the two name different members.
    """
    found = units(outputs)
    if not found:
        raise UnreadableError("display version: no unit in it")
    if is_chassis(found):
        return Stack(enabled=False, members=())
    parsed = outputs.parsed("display stack")
    listed = {row["SLOT"]: row for row in parsed.rows} if parsed else {}
    if listed and set(listed) != {row["UNIT"] for row in found}:
        raise UnreadableError("display stack and display version name different members")
    members = tuple(_stack_member(row, listed.get(row["UNIT"])) for row in found)
    topology = {row["TOPOLOGY"] for row in listed.values()}
    return Stack(
        enabled=len(members) > 1,
        members=members,
        topology="ring" if topology == {"Ring"} else "chain" if topology == {"Link"} else None,
    )


def _stack_member(unit: Row, listed: Row | None) -> StackMember:
    return StackMember(
        seen=listed.seen if listed else unit.seen,
        member=int(unit["UNIT"]),
        role=_STACK_ROLES[said(listed or unit, "ROLE")],
        priority=listed.integer("PRIORITY") if listed else None,
        mac=listed["MAC"] if listed else None,
        software_version=unit["UNIT_RELEASE"] or None,
    )


def ospf(outputs: Outputs) -> tuple[OspfNeighbor, ...]:
    """Neighbours of all processes; nothing is printed where OSPF is not configured."""
    return tuple(
        OspfNeighbor(
            seen=row.seen,
            router_id=row["ROUTER_ID"],
            interface=said(row, "INTERFACE"),
            state=row["STATE"].upper().replace("-", ""),
            role=_segment_role(row, row["ADDRESS"]),
            local_role=_segment_role(row, row["INTERFACE_ADDRESS"]),
            up_s=stretch_s(row["UP"]) if row.maybe("UP") else None,
        )
        for row in outputs.need("display ospf peer").rows
    )


def _segment_role(row: Row, address: str) -> Literal["DR", "BDR", "DROTHER"] | None:
    if row["DR"] in ("", "None", "0.0.0.0"):  # noqa: S104 - what the device prints for "no DR"
        return None
    return "DR" if row["DR"] == address else "BDR" if row["BDR"] == address else "DROTHER"


_STP_MODES: dict[str, Literal["stp", "rstp", "mstp", "vbst"]] = {
    "STP": "stp",
    "RSTP": "rstp",
    "MSTP": "mstp",
    "VBST": "vbst",
}
_STP_STANDARDS: dict[str, Literal["stp", "rstp", "mstp"]] = {
    "IEEE 802.1d": "stp",
    "IEEE 802.1w": "rstp",
    "IEEE 802.1s": "mstp",
}


def stp(outputs: Outputs) -> Stp:
    """Spanning tree as it runs; where it is disabled the device prints what would be used instead."""
    row = rows(outputs, "display stp")[0]
    if row["STATUS"] == "Disabled":
        mode = _STP_STANDARDS.get(row["STANDARD"])
        return Stp(seen=row.seen, enabled=False, mode=mode, bridge_id=_bridge(row["BRIDGE"]))
    if row["MODE"] not in _STP_MODES:
        raise UnreadableError(f"display stp: mode {row['MODE']!r}")
    return Stp(
        seen=row.seen,
        enabled=True,
        mode=_STP_MODES[row["MODE"]],
        bridge_id=_bridge(row["BRIDGE"]),
        root_bridge=_bridge(said(row, "ROOT")),
    )


def _bridge(printed_id: str) -> str:
    return re.sub(r"\s", "", printed_id)


# --- time and logs --------------------------------------------------------------------------------


def clock(outputs: Outputs) -> Clock:
    """The device's time with its offset from UTC.

    Older releases print the offset in the line of the zone only; with daylight saving time that is
    not the offset in force, so the time stays without one.
    """
    row = rows(outputs, "display clock")[0]
    capture = outputs.capture("display clock")
    offset = row["OFFSET"]
    if not offset and row["ZONE"] and not row["DST"]:
        offset = row["ZONE"].removeprefix("UTC") or "+00:00"
    return Clock(
        seen=row.seen,
        device_time=_moment(row["TIME"] + offset, "%Y-%m-%d %H:%M:%S"),
        asked_at=capture.asked_at,
        round_trip_s=capture.elapsed_s,
        dst=bool(row["DST"]),
    )


def _moment(text: str, form: str) -> datetime:
    """Read a time that may end in an offset such as `+08:00`; naive without one."""
    aware = re.search(r"[+-]\d\d:\d\d$", text)
    try:
        return datetime.strptime(text, form + "%z") if aware else datetime.strptime(text, form)  # noqa: DTZ007
    except ValueError:
        raise UnreadableError(f"{text!r} is no time") from None


def ntp(outputs: Outputs) -> Ntp:
    """Synchronisation, and the sources with their state (`master` is the one that is followed)."""
    row = rows(outputs, "display ntp-service status")[0]
    sources = outputs.need("display ntp-service sessions").rows
    return Ntp(
        seen=row.seen,
        configured=bool(sources),
        synchronized=row["STATUS"] == "synchronized",
        stratum=row.integer("STRATUM"),
        sources=tuple(
            NtpSource(
                seen=source.seen,
                address=source["SOURCE"],
                selected="master" in re.split(r", *", said(source, "STATUS")),
                stratum=source.integer("STRATUM"),
                reach=source.integer("REACH"),
                poll_s=source.integer("POLL_S"),
                delay_s=_from_ms(source, "DELAY_MS"),
                offset_s=_from_ms(source, "OFFSET_MS"),
            )
            for source in sources
        ),
    )


def _from_ms(row: Row, name: str) -> float | None:
    milliseconds = row.decimal(name)
    return None if milliseconds is None else round(milliseconds / 1000, 9)


def log_events(outputs: Outputs) -> tuple[LogEvent, ...]:
    """Records of the log buffer; an empty one still prints its head."""
    parsed = outputs.need("display logbuffer")
    return tuple(
        LogEvent(
            seen=row.seen,
            time=_log_time(row),
            severity=int(said(row, "SEVERITY")),
            mnemonic=f"{row['MODULE']}/{row['EVENT']}",
            text=row["TEXT"],
        )
        for row in none_or(parsed, r" *Current messages *: *0$")
    )


def _log_time(row: Row) -> datetime:
    date = re.sub(r" +", " ", said(row, "TIME"))
    return _moment(date + row["ZONE"], "%b %d %Y %H:%M:%S" + (".%f" if "." in date else ""))


def info_center(outputs: Outputs) -> InfoCenter:
    """Log hosts, each with the level of the channel that feeds it.

    A host whose channel lets no log through is left out: nothing goes there. Raises UnreadableError
    where a channel's rule for all modules is not printed.
    """
    row = rows(outputs, "display info-center")[0]
    rules = {r["CHANNEL"]: r for r in rows(outputs, "display channel") if r["MODULE"] == "default"}
    hosts = []
    for address, channel in zip(row.all("HOSTS"), row.all("CHANNELS"), strict=True):
        if channel not in rules:
            raise UnreadableError(f"display channel: no rule of channel {channel}")
        if rules[channel]["LOG_ON"] == "Y":
            level = vrp_config.severity(said(rules[channel], "LOG_LEVEL"))
            hosts.append(LogHost(seen=row.seen, address=address, level=level))
    return InfoCenter(
        seen=row.seen,
        enabled=row["STATE"] == "enabled",
        hosts=tuple(hosts),
        buffer_records=0 if row["BUFFER_STATE"] == "disabled" else row.integer("BUFFER"),
        dated=None if not row["TIMESTAMP"] else row["TIMESTAMP"] not in ("boot", "none"),
    )


# --- software management and services -------------------------------------------------------------


def patches(outputs: Outputs) -> tuple[Patch, ...]:
    """The patch package; in force only when it runs on every slot."""
    parsed = outputs.need("display patch-information")
    return tuple(_patch(row) for row in none_or(parsed, r" *(Info: )?No patch exists"))


def _patch(row: Row) -> Patch:
    states = [said(row, "STATE"), *row.all("SLOT_STATES")]
    state = next((state for state in states if state != "Running"), "Running")
    name = row["PACKAGE"].rsplit("/", 1)[-1] or row["VERSION"]
    return Patch(seen=row.seen, name=name, state=state, effective=state == "Running")


def startup(outputs: Outputs) -> Startup:
    """Boot files of the main board, or of a stack's master."""
    for row in rows(outputs, "display startup"):
        if row["BOARD"] == "MainBoard":
            return Startup(
                seen=row.seen,
                image_current=_file(row["IMAGE"]),
                image_next=_file(row["IMAGE_NEXT"]),
                config_current=_file(row["CONFIG"]),
                config_next=_file(row["CONFIG_NEXT"]),
            )
    raise UnreadableError("display startup: no MainBoard")


def _file(path: str) -> str | None:
    return None if path.upper() in ("", "NULL") else path


def telnet(outputs: Outputs) -> Telnet:
    """The Telnet server as it runs, IPv4 or IPv6."""
    found = rows(outputs, "display telnet server status")
    enabled = any(said(row, "STATE") == "Enable" for row in found)
    return Telnet(seen=found[0].seen, enabled=enabled, by_default=False)


def web(outputs: Outputs) -> tuple[Service, Service]:
    """The web servers as they run, IPv4 or IPv6: HTTP and HTTPS."""
    row = rows(outputs, "display http server")[0]
    plain, secure = (
        said(row, name) == "enabled" or row[f"{name}6"] == "enabled" for name in ("HTTP", "HTTPS")
    )
    return (
        Service(seen=row.seen, name="http", enabled=plain, by_default=False),
        Service(seen=row.seen, name="https", enabled=secure, by_default=False),
    )


def ssh(outputs: Outputs, dialect: Dialect) -> Ssh:
    """The STelnet server as it runs; its ACL of the status or, in older releases, the configuration.

    Algorithms stand in the configuration, where somebody has chosen them.
    """
    row = rows(outputs, "display ssh server status")[0]
    if not row.all("STELNET"):
        raise UnreadableError("display ssh server status: no STelnet server")
    server = Ssh(
        seen=row.seen,
        enabled="Enable" in row.all("STELNET"),
        acl=None if row["ACL4"] in ("", "0", "-") else row["ACL4"],
        # 1.99 is how a server says that it takes version 1 as well (RFC 4253, 5.1).
        v1_compatible=row["V1"] == "Enable" if row["V1"] else row["VERSION"] == "1.99",
    )
    if vrp_config.RUNNING not in outputs.captures:
        return server
    tree = vrp_config.running(outputs)
    acl = server.acl if row["ACL4"] else vrp_config.ssh(tree, dialect).acl
    return vrp_access.with_algorithms(replace(server, acl=acl), tree)
