"""By what a run is judged: checks, baseline and advisories, as the engineer named them."""

from collections.abc import Sequence
from pathlib import Path

from agent.history.recording import history_url
from agent.judging import Rules
from agent.previous import LAST
from baselines.advisories.collection import known, read_files, shipped
from baselines.advisory import AdvisoryFile
from baselines.baseline import load_baseline
from baselines.site_form import load_site_form
from baselines.waivers import load_waivers
from checks.registry import select
from collector.errors import XunjianError


class UnknownCheckError(XunjianError):
    """A word given as a check names neither a check nor a group."""


def load_rules(
    checks: Sequence[str],
    baseline: Path | None,
    advisories: Sequence[Path],
    waivers: Path | None = None,
    previous: str | None = LAST,
    history: str | None = None,
    data: Path | None = None,
    form: Path | None = None,
) -> Rules:
    """Read everything that judging needs; `data` is the folder whose imported advisories are used.

    Raises XunjianError for a check that does not exist, and for any of the files with errors.
    """
    try:
        selected = select(checks)
    except KeyError as error:
        raise UnknownCheckError(
            f"no such check or group: {error.args[0]}; `xunjian checks list` names them all"
        ) from error
    return Rules(
        checks=selected,
        baseline=load_baseline(baseline),
        advisories=advisory_files(advisories, data),
        waivers=() if waivers is None else load_waivers(waivers),
        form=None if form is None else load_site_form(form),
        previous=previous,
        history=history_url(history),
    )


def advisory_files(named: Sequence[Path], data: Path | None = None) -> tuple[AdvisoryFile, ...]:
    """Read the advisories of these files, else what is shipped and what the data folder holds.

    Raises XunjianError for a file with errors, or a bundle that is damaged or not signed as it must be.
    """
    if named:
        return read_files(named)
    return (shipped(),) if data is None else known(data)
