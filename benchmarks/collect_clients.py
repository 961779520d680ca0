"""One client of `collect.py`, in a process of its own: CLIENT FOLDER DEVICES WORKERS PROCESSES.

It prints its result as JSON. All get the same outputs from the same devices, WORKERS devices at a time, and
each is used as its manual shows. Measured is from the first connection to the last output, without imports;
then every output is compared with what the device printed.
"""

import asyncio
import json
import logging
import os
import re
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from collect_switches import PASSWORD, PLATFORM, USER, facts_and_commands, outputs_of

FACTS, COMMANDS = facts_and_commands()
NO_PAGING = PLATFORM.no_paging[0]
Outputs = dict[tuple[str, str], str]
"""By device and command."""


@dataclass(frozen=True)
class Task:
    """What a client is to do."""

    folder: Path
    addresses: dict[str, tuple[str, int]]
    workers: int
    processes: int
    """Of ours; the others have one."""


def now() -> datetime:
    return datetime.now(UTC)


def prepare_ours(task: Task) -> Callable[[], Callable[[], Outputs]]:
    """The collector as a run uses it: host keys checked, every capture on disk."""
    from collector.collect import collect
    from collector.credentials import Login, Secret
    from collector.host_keys import HostKeyRules
    from collector.inventory import Authorization, Device, Site
    from collector.run_folder import RunFolder, new_run_id
    from collector.run_record import Plan
    from collector.visit import Limits

    permission = Authorization(
        authorized_by="bench",
        method="邮件",
        reference="BENCH-1",
        valid_from=datetime(2020, 1, 1, tzinfo=UTC),
        valid_until=None,
        devices=("*",),
    )
    devices = tuple(
        Device(name=name, host=host, port=port, credential="c")
        for name, (host, port) in task.addresses.items()
    )
    site = Site(
        name="bench",
        customer="bench",
        devices=devices,
        authorization=permission,
        # As many logins at once as the others make; the default of 3 is for accounts that lock.
        max_login_failures=task.workers,
    )
    plan = Plan(
        run_id=new_run_id("bench", now()),
        site=site,
        authorization=permission,
        devices=tuple(task.addresses),
        checks=(),
        facts=FACTS,
        commands={},
        created_at=now(),
    )
    run = RunFolder.create(task.folder / "data", plan)
    rules = HostKeyRules((task.folder / "known_hosts",))
    logins = {"c": Login(USER, Secret(PASSWORD))}
    limits = Limits(threads=task.workers, processes=task.processes)

    def read() -> Outputs:
        return {
            (s.capture.device, s.capture.command): body(s.capture.raw.decode()) for s in run.captures()[0]
        }

    def work() -> Callable[[], Outputs]:
        collect(plan, run, logins, now=now, host_keys=rules, limits=limits)
        return read

    return work


def prepare_netmiko(task: Task) -> Callable[[], Callable[[], Outputs]]:
    from netmiko import ConnectHandler

    def ask(item: tuple[str, tuple[str, int]]) -> Outputs:
        name, (host, port) = item
        with ConnectHandler(
            device_type="huawei_vrpv8", host=host, port=port, username=USER, password=PASSWORD
        ) as device:
            return {(name, command): str(device.send_command(command)) for command in COMMANDS}

    def work() -> Callable[[], Outputs]:
        with ThreadPoolExecutor(task.workers) as pool:
            got = list(pool.map(ask, task.addresses.items()))
        return lambda: {key: text for one in got for key, text in one.items()}

    return work


def prepare_nornir(task: Task) -> Callable[[], Callable[[], Outputs]]:
    from nornir.core import Nornir
    from nornir.core.inventory import Defaults, Groups, Host, Hosts, Inventory
    from nornir.core.plugins.connections import ConnectionPluginRegister
    from nornir.core.task import Result
    from nornir.core.task import Task as NornirTask
    from nornir.plugins.runners import ThreadedRunner
    from nornir_netmiko.tasks import netmiko_send_command

    ConnectionPluginRegister.auto_register()
    hosts = {
        name: Host(name, hostname=host, port=port, username=USER, password=PASSWORD, platform="huawei_vrpv8")
        for name, (host, port) in task.addresses.items()
    }
    inventory = Inventory(Hosts(hosts), Groups(), Defaults())
    nornir = Nornir(inventory, runner=ThreadedRunner(num_workers=task.workers))

    def ask(one: NornirTask) -> Result:
        got = {c: one.run(netmiko_send_command, command_string=c).result for c in COMMANDS}
        one.host.close_connections()
        return Result(host=one.host, result=got)

    def work() -> Callable[[], Outputs]:
        results = nornir.run(ask)
        good = {name: multi[0].result for name, multi in results.items() if not multi.failed}
        return lambda: {(name, c): text for name, got in good.items() for c, text in got.items()}

    return work


def prepare_scrapli(task: Task) -> Callable[[], Callable[[], Outputs]]:
    from scrapli.driver import AsyncGenericDriver

    async def no_paging(driver: AsyncGenericDriver) -> None:
        await driver.send_command(NO_PAGING)

    async def ask(name: str, at_once: asyncio.Semaphore, got: Outputs) -> None:
        host, port = task.addresses[name]
        async with (
            at_once,
            AsyncGenericDriver(
                host=host,
                port=port,
                auth_username=USER,
                auth_password=PASSWORD,
                auth_strict_key=False,
                transport="asyncssh",
                comms_prompt_pattern=r"^<[\w-]{1,48}>$",
                on_open=no_paging,
            ) as device,
        ):
            for command in COMMANDS:
                got[name, command] = (await device.send_command(command)).result

    return _side_by_side(task, ask)


def prepare_asyncssh(task: Task) -> Callable[[], Callable[[], Outputs]]:
    """The floor: nothing but SSH with the cheapest algorithms, and waiting for the prompt."""
    import asyncssh

    async def ask(name: str, at_once: asyncio.Semaphore, got: Outputs) -> None:
        host, port = task.addresses[name]
        async with (
            at_once,
            asyncssh.connect(
                host,
                port,
                username=USER,
                password=PASSWORD,
                known_hosts=None,
                config=None,
                client_keys=None,
                agent_path=None,
                gss_host=None,
                preferred_auth="password",
                kex_algs=["curve25519-sha256"],
                encryption_algs=["aes128-gcm@openssh.com"],
                compression_algs=None,
            ) as connection,
            connection.create_process(term_type="vt100", encoding=None) as terminal,
        ):
            prompt = f"<{name}>".encode()

            async def until_prompt() -> bytes:
                said = bytearray()
                while not said.endswith(b"\n" + prompt):
                    said += await terminal.stdout.read(65536)
                return bytes(said)

            await until_prompt()
            for command in (NO_PAGING, *COMMANDS):
                terminal.stdin.write(command.encode() + b"\n")
                got[name, command] = body((await until_prompt()).decode())
            terminal.close()

    return _side_by_side(task, ask)


def _side_by_side(task: Task, ask: Callable[..., Any]) -> Callable[[], Callable[[], Outputs]]:
    async def all_of_them() -> Outputs:
        got: Outputs = {}
        at_once = asyncio.Semaphore(task.workers)
        await asyncio.gather(*(ask(name, at_once, got) for name in task.addresses))
        return got

    def work() -> Callable[[], Outputs]:
        got = asyncio.run(all_of_them())
        return lambda: got

    return work


CLIENTS = {
    "ours": prepare_ours,
    "netmiko": prepare_netmiko,
    "nornir": prepare_nornir,
    "scrapli": prepare_scrapli,
    "asyncssh": prepare_asyncssh,
}


def body(text: str) -> str:
    """An output without the echo before it and the prompt after it."""
    return text.partition("\n")[2].rpartition("\n")[0]


def plain(text: str) -> str:
    """What all clients agree on: some drop blanks at line ends, and empty lines around the whole."""
    return re.sub(r"[ \r]+$", "", text, flags=re.MULTILINE).strip("\n")


def wrong(outputs: Outputs, devices: list[str]) -> int:
    """How many outputs are missing, or are not what that device printed for that command."""
    return sum(
        plain(outputs.get((device, command), "")) != plain(printed)
        for device in devices
        for command, printed in outputs_of(device).items()
    )


def peak_mb() -> float:
    """Largest memory of this process since it began."""
    lines = Path("/proc/self/status").read_text().splitlines()
    (line,) = (line for line in lines if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def processor_s() -> float:
    """Processor time of all processes of this session, which is this client's alone."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            numbers = path.read_text().rpartition(")")[2].split()
            if int(numbers[3]) == os.getsid(0):
                # proc(5): user, system, and both of children that were waited for.
                ticks += sum(map(int, numbers[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def main() -> None:
    client, folder = sys.argv[1], Path(sys.argv[2])
    count, workers, processes = map(int, sys.argv[3:])
    logging.disable(logging.CRITICAL)
    listed = json.loads((folder / "addresses.json").read_text())
    addresses = {name: (host, port) for name, (host, port) in list(listed.items())[:count]}
    work = CLIENTS[client](Task(folder, addresses, workers, processes))
    begun, cpu = time.perf_counter(), processor_s()
    outputs = work()
    wall, spent = time.perf_counter() - begun, processor_s() - cpu
    measured = {"cpu_ms": 1000 * spent / count, "wall_s": wall, "peak_mb": peak_mb()}
    print(json.dumps({**measured, "wrong": wrong(outputs(), list(addresses))}))


if __name__ == "__main__":
    main()
