"""Whether the feature that an advisory needs is in use, and whether its workaround is in place."""

import re
from dataclasses import replace
from functools import lru_cache
from re import Pattern

from baselines.advisory import Advisory, Feature, Product, Workaround
from checks.answer import Answer, affected, not_affected
from checks.exposure import ExposureState, Ground, Safe, Trigger
from checks.target import Configuration, Missing, Target
from parsers.seen import Seen

_FIRST_WORD = re.compile(r"([A-Za-z0-9_-]+)(?: |$)(?![?*+{])")
_SHOWN = 5
"""Lines of the configuration that are kept as evidence of one pattern."""


@lru_cache(maxsize=8192)
def _compiled(pattern: str) -> tuple[str | None, Pattern[str]]:
    """The expression, and the word that every line it matches begins with, where it names one."""
    word = None if "|" in pattern else _FIRST_WORD.match(pattern)
    return (word[1] if word else None), re.compile(pattern)


def judge_configuration(advisory: Advisory, product: Product, target: Target) -> Answer:
    """Answer by the configuration, for a device whose version is affected."""
    found = _feature(advisory.feature, product, target)
    if found.state is not ExposureState.AFFECTED:
        return found
    workarounds = [w for w in advisory.workarounds if not w.products or product.name in w.products]
    answers = [_workaround(each, target) for each in workarounds]
    mitigated = next((each for each in answers if each.state is ExposureState.MITIGATED), None)
    if mitigated is not None:
        because, seen = (*found.because, *mitigated.because), (*found.seen, *mitigated.seen)
        return Answer(ExposureState.MITIGATED, because, seen, trigger=found.trigger)
    because = (*found.because, *(ground for each in answers for ground in each.because))
    return Answer(ExposureState.AFFECTED, because, found.seen, trigger=found.trigger)


def _feature(feature: Feature | None, product: Product, target: Target) -> Answer:
    if feature is None or (feature.products and product.name not in feature.products):
        return affected(Ground("公告没有列出触发条件，按任何配置都受影响计", "feature"))
    if feature.pattern is None:
        said = Ground(f"触发条件“{feature.detail}”无法从配置判断", "feature", exact=False)
        return Answer(ExposureState.AFFECTED, (said,), trigger=Trigger.UNKNOWN)
    if isinstance(target.config, Missing):
        said = Ground(f"触发条件“{feature.detail}”需要查看配置：{target.config.said}", "feature", "config")
        return Answer(
            ExposureState.UNDETERMINED,
            (said,),
            reason=target.config.reason,
            trigger=Trigger.UNKNOWN,
        )
    if seen := _lines(target.config, feature.pattern):
        said = Ground(f"触发条件满足：{feature.detail}", "feature", "config")
        return Answer(ExposureState.AFFECTED, (said,), (seen,), trigger=Trigger.PRESENT)
    said = Ground(f"触发条件不满足：配置中没有“{feature.detail}”", "feature", "config")
    return replace(not_affected(Safe.FEATURE_OFF, said), trigger=Trigger.ABSENT)


def _workaround(workaround: Workaround, target: Target) -> Answer:
    if workaround.pattern is None or isinstance(target.config, Missing):
        return affected(
            Ground(f"规避措施“{workaround.text}”是否落实无法从配置判断", "workarounds", exact=False)
        )
    if seen := _lines(target.config, workaround.pattern):
        said = Ground(f"已落实规避措施：{workaround.text}", "workarounds", "config")
        return Answer(ExposureState.MITIGATED, (said,), (seen,))
    return affected(Ground(f"没有落实规避措施：{workaround.text}", "workarounds", "config"))


def _lines(config: Configuration, pattern: str) -> Seen | None:
    """Where whole lines of the configuration match, at any depth; None where none does."""
    if pattern not in config.known:
        word, expression = _compiled(pattern)
        found = [line for line in config.lines(word) if expression.fullmatch(line.text)]
        config.known[pattern] = config.tree.seen(*found[:_SHOWN]) if found else None
    return config.known[pattern]
