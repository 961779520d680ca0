"""The built-in demonstration: the simulated site, inspected over real SSH."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from agent.console import Console
from agent.exit_codes import ExitCode
from agent.judging import Rules
from agent.rules import load_rules
from agent.run import Options, inspect_site
from baselines.advisories.collection import demo
from collector.credentials import resolve
from collector.host_keys import HostKeyRules
from collector.profile import ProfileName
from collector.run_folder import data_folder
from collector.visit import Limits

_CONNECT_S = 5.0
_SAMPLE_GAP_S = 1.0
_MISSING = "the simulator needs the extra `demo`: pip install 'xunjian[demo]'"


def demo_rules() -> Rules:
    """By what the demo site is judged: the default baseline and advisories that are made up."""
    return replace(load_rules((), None, ()), advisories=(demo(),))


def run_demo(output: Path, data: Path | None, console: Console) -> ExitCode:
    """Start the simulated site, inspect it, and leave the documents in `output`."""
    try:
        from collector.simulator.server import Simulator
        from collector.simulator.site import PASSWORD_ENV, demo_devices, demo_inventory, new_password
    except ModuleNotFoundError as error:
        if error.name != "asyncssh":
            raise
        console.error(_MISSING)
        return ExitCode.USAGE
    password = new_password()
    try:
        with Simulator(demo_devices(password)) as simulator, TemporaryDirectory() as keys:
            known_hosts = Path(keys) / "known_hosts"
            known_hosts.write_text(simulator.known_hosts(), "utf-8")
            inventory = demo_inventory(simulator)
            logins = resolve(inventory.credentials, inventory.credentials, {PASSWORD_ENV: password}, None)
            (site,) = inventory.sites
            options = Options(
                rules=demo_rules(),
                data=data or data_folder(),
                output=output,
                host_keys=HostKeyRules((known_hosts,)),
                limits=Limits(connect_s=_CONNECT_S, sample_gap_s=_SAMPLE_GAP_S),
                profile=ProfileName.FULL,
            )
            names = tuple(device.name for device in site.devices)
            code = inspect_site(site, names, inventory, logins, options, console)
    except OSError as error:
        console.error(f"the simulated site cannot be started on 127.0.0.0/8: {error}")
        return ExitCode.USAGE
    # Faults and an unreachable device are planted: finding them is how the demo is meant to end.
    return ExitCode.CLEAN if code in (ExitCode.FINDINGS, ExitCode.INCOMPLETE) else code


def run_simulator(port: int, console: Console) -> ExitCode:
    """Run the simulated site until Ctrl-C, saying where it is and how to log in."""
    try:
        from collector.simulator.server import Simulator
        from collector.simulator.site import USERNAME, demo_devices, new_password, run_forever
    except ModuleNotFoundError as error:
        if error.name != "asyncssh":
            raise
        console.error(_MISSING)
        return ExitCode.USAGE
    password = new_password()

    def ready(simulator: Simulator) -> None:
        rows = []
        for name, device in simulator.devices.items():
            host, bound = simulator.address(name)
            listens = "nothing listens" if device.faults.closed_port else f"ssh -p {bound} {USERNAME}@{host}"
            rows.append((name, device.platform.id, listens))
        console.table(("device", "platform", "log in"), rows, title="simulated site, until Ctrl-C")
        console.say(f"password: {password}")

    try:
        run_forever(demo_devices(password, port=port), ready)
    except OSError as error:
        console.error(f"cannot listen on 127.0.0.0/8: {error}")
        return ExitCode.USAGE
    return ExitCode.CLEAN
