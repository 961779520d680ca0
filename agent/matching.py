"""`xunjian advisories match`: which advisories concern a device that somebody describes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.console import Console
from agent.exit_codes import ExitCode
from baselines.advisories.products import maker_key, makers
from baselines.advisory import Advisory
from checks.exposure import Exposure, ExposureState, Ground, Safe
from checks.matching import AdvisoryIndex
from checks.target import Target, asked_target
from collector.errors import XunjianError
from collector.platform import Platform, platforms
from collector.terminal import decode, shown_lines
from parsers.config_tree import ConfigTree, build_tree
from parsers.versions import VersionError

_WORST_FIRST = tuple(ExposureState)


class AskedError(XunjianError):
    """What was asked cannot be answered: the question is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A device as somebody describes it."""

    vendor: str
    model: str
    version: str
    patches: tuple[str, ...] | None
    """None: nobody said; empty: none is in force."""
    config: Path | None
    advisory: str = ""
    """Only this one, by any of its numbers."""


def match_device(asked: Asked, advisories: Sequence[Advisory], console: Console) -> ExitCode:
    """Print how each advisory concerns the device.

    Code 1 says that one affects it, or may; raises AskedError or VersionError for a wrong question.
    """
    index = AdvisoryIndex(advisories)
    found = _found(asked, index)
    console.result(
        {
            "vendor": asked.vendor,
            "model": asked.model,
            "version": asked.version,
            "patches": None if asked.patches is None else list(asked.patches),
            "covered": bool(found),
            "exposures": [as_data(exposure) for exposure in found],
        }
    )
    for exposure in found:
        _show(exposure, console)
    if not found:
        console.say("未覆盖: no advisory is about this product, which does not mean that it is safe")
    hit = any(e.state in (ExposureState.AFFECTED, ExposureState.UNDETERMINED) for e in found)
    return ExitCode.FINDINGS if hit or not found else ExitCode.CLEAN


def _found(asked: Asked, index: AdvisoryIndex) -> list[Exposure]:
    targets = list(_targets(asked))
    if asked.advisory:
        answers = [index.ask(target, asked.advisory) for target in targets]
        known = [answer for answer in answers if answer is not None]
        if not known:
            raise AskedError(f"no advisory has the number {asked.advisory}")
        about = [answer for answer in known if answer.safe is not Safe.OTHER_PRODUCT] or known
        return about[:1]
    by_id: dict[str, Exposure] = {}
    for target in targets:
        for exposure in index.match(target):
            by_id.setdefault(exposure.advisory_id, exposure)
    return sorted(by_id.values(), key=lambda e: (_WORST_FIRST.index(e.state), -(e.cvss or 0), e.advisory_id))


def _targets(asked: Asked) -> Iterator[Target]:
    """The device on each platform of its maker that it may run; raises where its version is of none."""
    config = None if asked.config is None else _config(asked.config)
    problems = []
    fitting = 0
    for platform in _platforms(asked.vendor):
        try:
            target = asked_target(
                platform, model=asked.model, version=asked.version, patches=asked.patches, config=config
            )
        except VersionError as error:
            problems.append(str(error))
            continue
        fitting += 1
        yield target
    if not fitting:
        raise AskedError("; ".join(dict.fromkeys(problems)))


def _platforms(vendor: str) -> list[Platform]:
    maker = makers().get(maker_key(vendor))
    named = [platforms()[name] for name in maker.platforms] if maker else []
    if not named:
        known = ", ".join(key for key, each in makers().items() if each.platforms)
        raise AskedError(f"unknown vendor {vendor!r}; known are {known}")
    return named


def _config(path: Path) -> ConfigTree:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise AskedError(f"{path}: {error.strerror}") from error
    return build_tree(shown_lines(decode(raw)), command=str(path), capture="")


def as_data(exposure: Exposure) -> dict[str, Any]:
    """An exposure for a script."""
    return {
        "id": exposure.advisory_id,
        "aliases": list(exposure.aliases),
        "title": exposure.title,
        "state": exposure.state.value,
        "certainty": exposure.certainty.value,
        "uncovered": exposure.uncovered,
        "safe": exposure.safe.value if exposure.safe else None,
        "reason": exposure.reason.value if exposure.reason else None,
        "trigger": exposure.trigger.value,
        "because": [_ground(ground) for ground in exposure.because],
        "severity": exposure.severity,
        "cvss": exposure.cvss,
        "remote": exposure.remote,
        "exploited": exposure.exploited,
        "epss": exposure.epss,
        "fixed_in": list(exposure.fixed_in),
        "workaround": exposure.workaround,
        "workaround_commands": list(exposure.workaround_commands),
        "source": exposure.source,
    }


def _ground(ground: Ground) -> dict[str, Any]:
    return {"text": ground.text, "field": ground.field, "fact": ground.fact, "exact": ground.exact}


def _show(exposure: Exposure, console: Console) -> None:
    score = "-" if exposure.cvss is None else f"{exposure.cvss:.1f}"
    names = " ".join((exposure.advisory_id, *(f"({alias})" for alias in exposure.aliases)))
    console.say(f"{exposure.state.value}  {names}  {exposure.title}")
    console.say(f"  certainty {exposure.certainty.value}, severity {exposure.severity}, CVSS {score}")
    for ground in exposure.because:
        console.say(f"  because: {ground.text}{'' if ground.exact else ' (inferred)'}")
    console.say(f"  fix: {', '.join(exposure.fixed_in) or 'none named'}")
    if exposure.workaround:
        console.say(f"  workaround: {exposure.workaround}")
    for line in exposure.workaround_commands:
        console.say(f"    {line}")
    console.say(f"  source: {exposure.source}\n")
