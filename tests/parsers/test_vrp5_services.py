"""VRP5: logs, patches, start-up, services, configuration."""

from datetime import datetime, timedelta, timezone

import pytest

from tests.parsers.vrp5_outputs import CONFIG, RUNNING, SAVED, Case, check_known, check_unknown, fixture

EAST5 = timezone(timedelta(hours=5))

CASES: dict[str, Case] = {
    "log records": (
        "log_events",
        {"display logbuffer": "records"},
        (
            {
                "time": datetime(2026, 9, 24, 19, 55, 2, tzinfo=EAST5),
                "severity": 4,
                "mnemonic": "CFM/SAVE",
                "text": "The user chose Y when deciding whether to save the configuration to the device.",
            },
            {
                "time": datetime(2026, 9, 4, 9, 53, 8, 410000, tzinfo=EAST5),
                "severity": 2,
                "mnemonic": "SRM/PWRFAULT",
                "text": "Power fault. (Slot=0, PowerID=2)",
            },
            {
                "time": datetime(2026, 9, 3, 9, 53, 8),  # noqa: DTZ001 - printed without a zone
                "severity": 4,
                "mnemonic": "NTP/STRATUM_CHANGE",
                "text": "System stratum changes from 16 to 4. (SourceAddress=192.0.2.250)",
            },
            {
                "time": datetime(2026, 9, 2, 9, 0, 0, tzinfo=EAST5),
                "severity": 4,
                "mnemonic": "IFNET/IF_STATE",
                "text": "Interface GigabitEthernet0/0/1 has turned into UP state.",
            },
        ),
    ),
    "empty log": ("log_events", {"display logbuffer": "empty"}, ()),
    "log hosts, one fed by a silent channel": (
        "info_center",
        {"display info-center": "two_hosts", "display channel": "campus"},
        {
            "enabled": True,
            "hosts": ({"address": "192.0.2.210", "level": 6},),
            "buffer_records": 512,
            "dated": True,
        },
    ),
    "no log host": (
        "info_center",
        {"display info-center": "no_host", "display channel": "newer"},
        {"enabled": False, "buffer_records": 512, "dated": True},
    ),
    "patch not active on one slot": (
        "patches",
        {"display patch-information": "stack"},
        ({"name": "s6730-h-v200r022sph120.pat", "state": "Active", "effective": False},),
    ),
    "patch by type": (
        "patches",
        {"display patch-information": "by_type"},
        ({"name": "demo_v200r023sph1b0.pat", "state": "Running", "effective": True},),
    ),
    "patch package": (
        "patches",
        {"display patch-information": "package"},
        ({"name": "demo-v200r021sph015.pat", "state": "Deactive", "effective": False},),
    ),
    "no patch": ("patches", {"display patch-information": "none"}, ()),
    "boot files": (
        "startup",
        {"display startup": "stack"},
        {
            "image_current": "flash:/s6730_v200r022c00spc500.cc",
            "image_next": "flash:/s6730_v200r023c00spc500.cc",
            "config_current": "flash:/vrpcfg.zip",
            "config_next": "flash:/vrpcfg.zip",
        },
    ),
    "never saved": (
        "startup",
        {"display startup": "never_saved"},
        {
            "image_current": "flash:/s1720-gw-v200r019c10spc500.cc",
            "image_next": "flash:/s1720-gw-v200r019c10spc500.cc",
            "config_next": "flash:/startup.cfg",
        },
    ),
    "Telnet off": (
        "telnet",
        {"display telnet server status": "off"},
        {"enabled": False, "by_default": False},
    ),
    "Telnet on by IPv6": (
        "telnet",
        {"display telnet server status": "ipv6_on"},
        {"enabled": True, "by_default": False},
    ),
    "SSH with an ACL": (
        "ssh",
        {"display ssh server status": "with_acl"},
        {"enabled": True, "acl": "2001", "v1_compatible": False},
    ),
    "SSH that takes version 1, with chosen algorithms": (
        "ssh",
        {
            "display ssh server status": "compatible",
            RUNNING: CONFIG.replace("ssh server acl 2001", "ssh server cipher aes256_ctr aes128_ctr"),
        },
        {"enabled": True, "v1_compatible": True, "ciphers": ("aes256_ctr", "aes128_ctr")},
    ),
    "SSH whose ACL the configuration tells": (
        "ssh",
        {"display ssh server status": "oldest", RUNNING: CONFIG},
        {"enabled": False, "acl": "2001", "v1_compatible": True},
    ),
    "web servers, HTTPS by IPv6 only": (
        "services",
        {"display http server": "secure_ipv6", RUNNING: CONFIG},
        (
            {"name": "http", "enabled": True, "by_default": False},
            {"name": "https", "enabled": True, "by_default": False},
            {"name": "ftp", "enabled": False, "by_default": True},
            {"name": "netconf", "enabled": False, "by_default": True},
        ),
    ),
    "console": ("console", {RUNNING: CONFIG}, {"idle_min": 10, "auth_mode": "aaa"}),
    "locked accounts": ("login_policy", {RUNNING: CONFIG}, {"max_fail": 3, "lock_min": 5}),
    "passwords": ("password_policy", {RUNNING: CONFIG}, {"length_min": 8, "types_min": 2}),
    "authentication": ("aaa", {RUNNING: CONFIG}, ({"scheme": "default", "methods": ("local",)},)),
    "SNMP groups": ("snmp_groups", {RUNNING: CONFIG}, ({"name": "strong", "security": "priv"},)),
    "no trap target": ("trap_hosts", {RUNNING: CONFIG}, ()),
    "no DHCP snooping": ("dhcp_snooping", {RUNNING: CONFIG}, {"enabled": False}),
    "no mirroring": ("mirrors", {RUNNING: CONFIG}, ()),
    "no split detection": ("mad", {RUNNING: CONFIG}, {}),
    "saved": ("saved_state", {RUNNING: CONFIG, SAVED: CONFIG}, {}),
    "not saved": (
        "saved_state",
        {RUNNING: CONFIG, SAVED: CONFIG.replace(" port link-type access\n", "")},
        {"differences": (("+", "interface GigabitEthernet0/0/1 / port link-type access"),)},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_fact_is_read_from_what_the_device_prints(name: str) -> None:
    check_known(CASES[name])


UNREADABLE: dict[str, Case] = {
    "an empty log without its head": ("log_events", {"display logbuffer": ""}, "nothing was recognised"),
    "a log that lost its records": (
        "log_events",
        {"display logbuffer": fixture("display logbuffer", "empty").replace(": 0", ": 7")},
        "nothing was recognised",
    ),
    "no patch and no word of it": ("patches", {"display patch-information": ""}, "nothing was recognised"),
    "a channel without a rule": (
        "info_center",
        {"display info-center": "two_hosts", "display channel": "newer"},
        "channel 6",
    ),
    "an empty configuration": ("users", {RUNNING: ""}, "no sysname"),
    "a configuration that is none": ("snmp", {RUNNING: "Info: it is being saved.\n"}, "no sysname"),
    "a configuration cut short": ("acls", {RUNNING: CONFIG.removesuffix("return\n")}, "cut short"),
    "a saved configuration cut short": ("saved_state", {RUNNING: CONFIG, SAVED: CONFIG[:400]}, "cut short"),
    "nothing ever saved": ("saved_state", {RUNNING: CONFIG, SAVED: "\n"}, "no sysname"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_unknown_with_its_reason(name: str) -> None:
    check_unknown(UNREADABLE[name])
