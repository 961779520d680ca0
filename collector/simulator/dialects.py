"""How each platform talks apart from its outputs: prompts, pager, error texts, dialogues.

The texts are those that real devices print; `^` stands alone on its line under the word that is
meant. Times in them are placeholders of `collector.simulator.texts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

_LEFT_42 = b"\x1b[42D"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What the simulator must know of one platform."""

    ssh_version: str
    """Software version in the SSH greeting."""
    greeting: str
    """Printed after login, before the first prompt."""
    prompt: str
    config_prompt: str
    """`{sub}` is empty or names the interface whose view it is."""
    interface_view: str
    enter_config: str
    entered_config: str
    leave: tuple[str, ...]
    """Leave this view; in the first one, log out."""
    leave_config: tuple[str, ...]
    """Leave every configuration view at once."""
    pager_off: str
    pager_off_text: str = ""
    quiet: tuple[str, ...] = ()
    """Other commands of the session that print nothing."""
    asks: Mapping[str, str] = field(default_factory=dict)
    """Commands that want to be confirmed, and their question."""
    more: bytes
    erase: bytes
    """Wipes the pager's line."""
    unknown: str
    ambiguous: str
    incomplete: str
    excess: str
    """Words after the end of a command."""
    denied: str
    """The account may not use the command."""
    syslog: str
    """A log line as it bursts into a session; `{name}` is the device."""
    login_question: str
    """How the device asks for a new password at login; empty where the platform never does."""
    may_decline: bool = True
    """False: without a new password the device closes the session."""


_COMWARE_GREETING = """\

******************************************************************************
* Copyright (c) 2004-2021 New H3C Technologies Co., Ltd. All rights reserved.*
* Without the owner's prior written consent,                                 *
* no decompiling or reverse-engineering shall be allowed.                    *
******************************************************************************
"""

_COMWARE7 = Dialect(
    ssh_version="Comware-7.1.070",
    greeting=_COMWARE_GREETING,
    prompt="<{name}>",
    config_prompt="[{name}{sub}]",
    interface_view="-{interface}",
    enter_config="system-view",
    entered_config="System View: return to User View with Ctrl+Z.",
    leave=("quit",),
    leave_config=("return",),
    pager_off="screen-length disable",
    asks={
        "display diagnostic-information": (
            "Save or display diagnostic information (Y=save, N=display)? [Y/N]:"
        ),
        "save": "The current configuration will be written to the device. Are you sure? [Y/N]:",
        "reboot": "This command will reboot the device. Continue? [Y/N]:",
        "reset saved-configuration": "The saved configuration file will be erased. Are you sure? [Y/N]:",
    },
    more=b"---- More ----",
    erase=b"\r\r" + b" " * 15 + b"\r",
    unknown=" % Unrecognized command found at '^' position.",
    ambiguous=" % Ambiguous command found at '^' position.",
    incomplete=" % Incomplete command found at '^' position.",
    excess=" % Too many parameters found at '^' position.",
    denied="Permission denied.",
    syslog=(
        "%{{{{now|%b %e %H:%M:%S:%3f %Y}}}} {name} IFNET/3/PHY_UPDOWN: Physical state on the interface "
        "GigabitEthernet1/0/9 changed to up."
    ),
    login_question=(
        "First login or password reset. For security reason, you need to change your password. "
        "Please enter your password.\nold password:"
    ),
    may_decline=False,
)

# Comware 5 speaks alike; it lets everybody keep a password.
_COMWARE5 = replace(_COMWARE7, ssh_version="Comware-5.20", login_question="")

_VRP_ASKS = {
    "save": "The current configuration will be written to the device.\nAre you sure to continue?[Y/N]",
    "reboot": "System will reboot! Continue ? [y/n]:",
    "reset saved-configuration": "The configuration will be erased to reconfigure.\nContinue? [Y/N]:",
}
_VRP_LOGIN_QUESTION = (
    "\nWarning: The initial password poses security risks.\n"
    "The password needs to be changed. Change now? [Y/N]: "
)
_VRP_NO_PRIVILEGE = "Error: You do not have permission to run the command or the command is incomplete."

_VRP5 = Dialect(
    ssh_version="HUAWEI-1.5",
    greeting="""\

Info: The max number of VTY users is 8, and the number
      of current VTY users on line is 1.
      The current login time is {{now|%Y-%m-%d %H:%M:%S}}+00:00.
""",
    prompt="<{name}>",
    config_prompt="[{name}{sub}]",
    interface_view="-{interface}",
    enter_config="system-view",
    entered_config="Enter system view, return user view with Ctrl+Z.",
    leave=("quit",),
    leave_config=("return",),
    pager_off="screen-length 0 temporary",
    pager_off_text="Info: The configuration takes effect on the current user terminal interface only.",
    asks=_VRP_ASKS,
    more=b"  ---- More ----",
    erase=_LEFT_42 + b" " * 42 + _LEFT_42,
    unknown="Error: Unrecognized command found at '^' position.",
    ambiguous="Error:Ambiguous command found at '^' position.",
    incomplete="Error:Incomplete command found at '^' position.",
    excess="Error:Too many parameters found at '^' position.",
    denied=_VRP_NO_PRIVILEGE,
    syslog=(
        "{{{{now|%b %e %Y %H:%M:%S}}}}+00:00 {name} %%01IFPDT/4/IF_STATE(l)[0]:Interface "
        "GigabitEthernet0/0/9 has turned into UP state."
    ),
    login_question=_VRP_LOGIN_QUESTION,
)

_VRP8 = Dialect(
    ssh_version="HUAWEI-1.5",
    greeting="""\

Info: The max number of VTY users is 21, the number of current VTY users online is 1, and total number of \
terminal users online is 1.
      The current login time is {{now|%Y-%m-%d %H:%M:%S}}.
""",
    prompt="<{name}>",
    config_prompt="[~{name}{sub}]",
    interface_view="-{interface}",
    enter_config="system-view",
    entered_config="Enter system view, return user view with return command.",
    leave=("quit",),
    leave_config=("return",),
    pager_off="screen-length 0 temporary",
    pager_off_text="Info: The configuration takes effect on the current user terminal interface only.",
    asks=_VRP_ASKS,
    more=b"  ---- More ----",
    erase=_LEFT_42 + b" " * 42 + _LEFT_42,
    unknown="Error: Unrecognized command found at '^' position.",
    ambiguous="Error: Ambiguous command found at '^' position.",
    incomplete="Error: Incomplete command found at '^' position.",
    excess="Error: Too many parameters found at '^' position.",
    denied=_VRP_NO_PRIVILEGE,
    syslog=(
        "{{{{now|%b %e %Y %H:%M:%S}}}} {name} %%01IFNET/2/linkUp_clear(l):The interface status changes. "
        "(ifName=10GE1/0/9, AdminStatus=UP, OperStatus=UP)"
    ),
    login_question=_VRP_LOGIN_QUESTION,
)

_INOS_CN = Dialect(
    ssh_version="OpenSSH_6.2 FIPS",
    greeting="",
    prompt="{name}# ",
    config_prompt="{name}(config{sub})# ",
    interface_view="-if",
    enter_config="configure terminal",
    entered_config="Enter configuration commands, one per line. End with CNTL/Z.",
    leave=("exit",),
    leave_config=("end",),
    pager_off="terminal length 0",
    quiet=("terminal width 511", "terminal no monitor"),
    asks={
        "reload": "This command will reboot the system. (y/n)?  [n] ",
        "write erase": (
            "Warning: This command will erase the startup-configuration.\n"
            "Do you wish to proceed anyway? (y/n)  [n] "
        ),
    },
    more=b"\x1b[7m--More--\x1b[27m",
    erase=b"\x1b[8D\x1b[K",
    unknown="% Invalid command at '^' marker.",
    ambiguous="% Ambiguous command at '^' marker.",
    incomplete="% Incomplete command at '^' marker.",
    excess="% Invalid command at '^' marker.",
    denied="% Permission denied for the role",
    syslog=(
        "{{{{now|%Y %b %e %H:%M:%S}}}} {name} %ETHPORT-5-IF_UP: Interface Ethernet1/9 is up in mode access "
    ),
    login_question="",
)

# The shell of the lineage names no position: its own text stands below the line that was typed.
_INOS6 = replace(
    _INOS_CN,
    ssh_version="OpenSSH_7.4",
    more=b" --More-- ",
    erase=b"\r" + b" " * 10 + b"\r",
    quiet=("terminal no monitor",),
    asks={
        "reload": "Reboot system? [confirm]",
        "delete flash:/startup-config.conf": "Are you sure to delete flash:/startup-config.conf? [no] ",
    },
    unknown="% Syntax error: Illegal command line",
    ambiguous="% Syntax error: Illegal command line",
    incomplete="% Syntax error: The command is not completed",
    excess="% Syntax error: Illegal parameter",
    denied="% Permission denied",
    syslog="{{{{now|%b %e %H:%M:%S}}}} {name} INTERFACE-4: Interface eth-0-9 state change to up",
)

DIALECTS: Mapping[str, Dialect] = {
    "h3c_comware5": _COMWARE5,
    "h3c_comware7": _COMWARE7,
    "huawei_vrp5": _VRP5,
    "huawei_vrp8": _VRP8,
    "inspur_inos6": _INOS6,
    "inspur_inos_cn": _INOS_CN,
}
"""By platform id."""
