"""Runs put into a data folder as collecting would leave them, without a device: for tests of many runs."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from collector.capture import Capture, CaptureStatus
from collector.inventory import Authorization, Device, Site
from collector.platform import platforms
from collector.run_folder import RunFolder, new_run_id
from collector.run_record import DeviceOutcome, OutcomeReason, Plan, RunState
from collector.simulator.device import load_outputs
from collector.simulator.site import DEMO, load_plan
from collector.simulator.texts import render

Outputs = Mapping[str, str]
"""Text by command."""


@cache
def demo_outputs(name: str) -> Outputs:
    """What a device of the demo answers, with the moment left open."""
    return load_outputs(DEMO / name, platforms()[platform_of(name)])


@cache
def platform_of(name: str) -> str:
    (platform,) = {device.platform for device in load_plan().devices if device.name == name}
    return platform


def site_of(*devices: Device, name: str = "hq") -> Site:
    permitted = Authorization(
        authorized_by="示例客户",
        method="邮件",
        reference="T-1",
        valid_from=datetime.fromisoformat("2020-01-01T00:00:00Z"),
        valid_until=None,
        devices=("*",),
    )
    return Site(name=name, customer="示例客户", authorization=permitted, devices=devices)


def inject(
    data: Path,
    site: Site,
    when: datetime,
    answers: Mapping[str, tuple[str, Outputs] | None],
    *,
    interrupted: str = "",
    **planned: Any,
) -> RunFolder:
    """Store a run of this moment: by device its platform and what it answered; None: not reached."""
    assert site.authorization is not None
    plan = Plan(
        run_id=new_run_id(site.name, when),
        site=site,
        authorization=site.authorization,
        **{
            "devices": tuple(answers),
            "checks": (),
            "facts": (),
            "commands": {},
            "created_at": when,
            **planned,
        },
    )
    run = RunFolder.create(data, plan)
    run.advance(RunState.COLLECTING)
    for name, answer in answers.items():
        at = when + timedelta(seconds=10)
        if answer is None:
            reason = OutcomeReason.UNREACHABLE
            outcome = DeviceOutcome(
                device=name, reached=False, platform=None, reason=reason, detail="无应答", ended_at=at
            )
        else:
            platform, outputs = answer
            for command, text in outputs.items():
                run.add_capture(_capture(name, command, render(text, at), at))
            outcome = DeviceOutcome(
                device=name,
                reached=True,
                platform=platform,
                reason=None,
                detail="",
                started_at=at,
                ended_at=at,
            )
        run.add_outcome(outcome)
    run.advance(RunState.COLLECTED, interrupted)
    return run


def _capture(device: str, command: str, text: str, at: datetime) -> Capture:
    return Capture(
        device=device,
        command=command,
        status=CaptureStatus.OK,
        raw=text.encode(),
        started_at=at,
        elapsed_s=0.1,
    )
