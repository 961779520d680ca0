"""`xunjian advisories watch`: what became known since last time for the devices of earlier runs."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from agent.console import Console
from agent.exit_codes import ExitCode
from agent.matching import as_data
from agent.run_facts import EarlierRun
from baselines.advisory import Advisory
from checks.exposure import Exposure, ExposureState
from checks.matching import AdvisoryIndex
from checks.target import Missing, Target, target_of
from collector.errors import RunFolderError, XunjianError
from collector.platform import platforms
from collector.run_folder import RunFolder
from collector.runs import runs_of_site
from reports.output import write_atomically

FILE = Path("advisories") / "watch.json"
_TOLD = (ExposureState.AFFECTED, ExposureState.UNDETERMINED)
"""What is worth a word, the worst first."""


class WatchError(XunjianError):
    """What was told before cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A device as its newest inspection found it."""

    site: str
    run: str
    planned_at: datetime
    target: Target

    @property
    def key(self) -> str:
        return f"{self.site}/{self.target.name}"


@dataclass(frozen=True, slots=True)
class _News:
    device: _Known
    exposure: Exposure
    before: str
    """State that was told before; empty: none."""


def watch(
    data: Path, advisories: Sequence[Advisory], console: Console, *, site: str | None, record: bool
) -> ExitCode:
    """Match the newest facts of every device again; tell what is new or worse than what was told before.

    Code 1 says that there is something. Raises WatchError where the record of what was told is damaged.
    """
    told = _read(data)
    index = AdvisoryIndex(advisories)
    devices = list(_devices(data, site, console))
    news: list[_News] = []
    now = dict(told)
    for device in devices:
        found = index.match(device.target)
        before = told.get(device.key, {})
        news += _new(device, found, before)
        now[device.key] = {each.advisory_id: each.state.value for each in found if each.state in _TOLD}
    if record:
        _write(data, now)
    _say(devices, news, console)
    return ExitCode.FINDINGS if news else ExitCode.CLEAN


def _new(device: _Known, found: Sequence[Exposure], before: Mapping[str, str]) -> Iterator[_News]:
    for exposure in found:
        was = before.get(exposure.advisory_id, "")
        worse = was == ExposureState.UNDETERMINED and exposure.state is ExposureState.AFFECTED
        if exposure.state in _TOLD and (not was or worse):
            yield _News(device, exposure, was)


def _devices(data: Path, site: str | None, console: Console) -> Iterator[_Known]:
    """Every device that a run has reached, out of the newest such run; runs that cannot be read are named."""
    seen: set[tuple[str, str]] = set()
    for path in runs_of_site(data / "runs", site):
        try:
            earlier = EarlierRun(RunFolder.open(path))
        except RunFolderError as error:
            console.note(f"not used: {error}")
            continue
        plan = earlier.plan
        if site is not None and plan.site.name != site:
            continue
        for name, outcome in earlier.outcomes.items():
            platform = platforms().get(outcome.platform or "")
            if platform is None or (plan.site.name, name) in seen:
                continue
            seen.add((plan.site.name, name))
            target = target_of(name, platform, earlier.facts(name))
            yield _Known(site=plan.site.name, run=plan.run_id, planned_at=plan.created_at, target=target)


def _read(data: Path) -> dict[str, dict[str, str]]:
    path = data / FILE
    try:
        read = json.loads(path.read_text("utf-8"))
        return {key: {str(n): str(s) for n, s in states.items()} for key, states in read["told"].items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise WatchError(
            f"{path}: not the record of what was told: {error!r}; delete it to begin anew"
        ) from error


def _write(data: Path, told: Mapping[str, Mapping[str, str]]) -> None:
    path = data / FILE
    text = json.dumps({"told": told}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, lambda draft: draft.write_text(text, "utf-8"))
    except OSError as error:
        raise WatchError(f"{path}: cannot be written: {error}") from error


def _say(devices: Sequence[_Known], news: Sequence[_News], console: Console) -> None:
    console.result({"devices": len(devices), "new": [_as_data(each) for each in news]})
    for each in sorted(news, key=lambda n: (_TOLD.index(n.exposure.state), n.device.key)):
        exposure, device = each.exposure, each.device
        became = f" (was {each.before})" if each.before else ""
        console.say(f"{exposure.state.value}{became}  {device.key}  {_runs(device.target)}")
        console.say(f"  {exposure.advisory_id}  {exposure.title}")
        console.say(f"  fix: {', '.join(exposure.fixed_in) or 'none named'}")
        if exposure.workaround:
            console.say(f"  workaround: {exposure.workaround}")
        console.say(f"  as inspected {device.planned_at:%Y-%m-%d}, run {device.run}")
    console.say(f"devices: {len(devices)}, new: {len(news)}")


def _runs(target: Target) -> str:
    model = "model unknown" if isinstance(target.model, Missing) else target.model
    version = "version unknown" if isinstance(target.version, Missing) else target.version.text
    return f"{model} {version}"


def _as_data(news: _News) -> dict[str, Any]:
    device = news.device
    return {
        "site": device.site,
        "device": device.target.name,
        "run": device.run,
        "inspected_at": device.planned_at.isoformat(),
        "before": news.before or None,
        **as_data(news.exposure),
    }
