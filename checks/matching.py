"""Which advisories concern a device: four answers with their reasons, and never a silent no.

An `AdvisoryIndex` is made once for a set of advisories. Devices of one model, version and patches are
answered once; only what depends on the configuration is asked of each.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from baselines.advisories.products import Relation, hint_of, product_platforms, relation
from baselines.advisory import Advisory, Fix, Product
from checks.affected import fixes_for, judge_version
from checks.aliases import Problem, problems
from checks.answer import Answer, missing, not_affected, undetermined
from checks.exposure import Certainty, Exposure, ExposureState, Ground, Safe
from checks.target import Missing, Target
from checks.triggers import judge_configuration
from parsers.facts import Reason
from parsers.seen import Seen


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One advisory and the product of it that a device is, answered as far as the version goes."""

    problem: Problem
    advisory: Advisory
    product: Product
    answer: Answer
    hint: str


class AdvisoryIndex:
    """Advisories by what they are about, with what was answered before."""

    def __init__(self, advisories: Iterable[Advisory]) -> None:
        self.problems = problems(advisories)
        self._by_platform: dict[str, list[tuple[Problem, Advisory]]] = {}
        self._by_model: dict[tuple[str, str], list[tuple[Problem, Advisory, tuple[Product, ...]]]] = {}
        self._by_kind: dict[tuple[object, ...], list[list[_Candidate]]] = {}
        for problem in self.problems:
            for advisory in problem.advisories:
                for platform in sorted({p for each in advisory.products for p in product_platforms(each)}):
                    self._by_platform.setdefault(platform, []).append((problem, advisory))

    def match(self, target: Target) -> tuple[Exposure, ...]:
        """Give every problem of a product that the device is, or may be.

        Problems of other products are left out: a device without any exposure is one that the advisories do
        not cover, not one that is safe.
        """
        found = (_exposure(target, group) for group in self._by_kind_of(target))
        return tuple(exposure for exposure in found if exposure is not None)

    def ask(self, target: Target, number: str) -> Exposure | None:
        """Answer for one problem by any of its numbers, also where it is about other products.

        None where no advisory has that number.
        """
        problem = next((each for each in self.problems if number.upper() in each.names), None)
        if problem is None:
            return None
        group = [c for group in self._by_kind_of(target) for c in group if c.problem is problem]
        return (_exposure(target, group) if group else None) or _other_product(target, problem)

    def states(self, target: Target) -> dict[str, ExposureState]:
        """Give the state alone of every problem that is no hint, by its number."""
        found = (_decided(target, group) for group in self._by_kind_of(target) if not group[0].hint)
        return {chosen.problem.head.id: answer.state for chosen, answer in filter(None, found)}

    def fixes(self, target: Target, number: str) -> tuple[Fix, ...]:
        """The fixes that are said to be for this device, of one problem."""
        groups = (group for group in self._by_kind_of(target) if group[0].problem.head.id == number)
        return tuple(fix for group in groups for each in group for fix in fixes_for(each.product, target))

    def _by_kind_of(self, target: Target) -> list[list[_Candidate]]:
        if target.kind not in self._by_kind:
            self._by_kind[target.kind] = list(_grouped(self._candidates(target)))
        return self._by_kind[target.kind]

    def _candidates(self, target: Target) -> Iterator[_Candidate]:
        for problem, advisory, products in self._of_model(target):
            answered = [(product, _answered(product, target)) for product in products]
            product, answer = min(answered, key=lambda each: _ORDER.index(each[1].state))
            yield _Candidate(problem, advisory, product, answer, _hint(advisory, product, target))

    def _of_model(self, target: Target) -> list[tuple[Problem, Advisory, tuple[Product, ...]]]:
        """Advisories with those of their products that a model is or may be; all where it is not known."""
        platform = target.platform.id
        about = self._by_platform.get(platform, [])
        if isinstance(target.model, Missing):
            return [(problem, advisory, _on(platform, advisory)) for problem, advisory in about]
        key = (platform, target.model)
        if key not in self._by_model:
            fits = [(p, a, _fitting(a, platform, target.model)) for p, a in about]
            self._by_model[key] = [each for each in fits if each[2]]
        return self._by_model[key]


_ORDER = tuple(ExposureState)


def _on(platform: str, advisory: Advisory) -> tuple[Product, ...]:
    return tuple(product for product in advisory.products if platform in product_platforms(product))


def _fitting(advisory: Advisory, platform: str, model: str) -> tuple[Product, ...]:
    """The products that a model surely is, else those that it may be."""
    by_relation: dict[Relation, list[Product]] = {}
    for product in advisory.products:
        by_relation.setdefault(relation(product, platform, model), []).append(product)
    return tuple(next((by_relation[each] for each in _SUREST_FIRST if each in by_relation), ()))


_SUREST_FIRST = (Relation.MODEL, Relation.SERIES, Relation.POSSIBLE)


def _answered(product: Product, target: Target) -> Answer:
    if isinstance(target.model, Missing):
        return missing(target.model, "products", "identity")
    which = relation(product, target.platform.id, target.model)
    version = judge_version(product, target)
    if which is Relation.POSSIBLE and not hint_of(product, target.platform.id):
        said = f"公告只写了产品 {product.name}，未写明是否包括型号 {target.model}"
        ground = Ground(said, "products", "identity", exact=False)
        return version if version.safe else undetermined(ground, *version.because, reason=Reason.NO_BASELINE)
    said = f"型号 {target.model} 在公告所列产品 {product.name} 之内"
    ground = Ground(said, "products", "identity", exact=which is Relation.MODEL)
    return replace(version, because=(ground, *version.because))


def _hint(advisory: Advisory, product: Product, target: Target) -> str:
    return advisory.hint or hint_of(product, target.platform.id)


def _grouped(candidates: Iterable[_Candidate]) -> Iterator[list[_Candidate]]:
    groups: dict[int, list[_Candidate]] = {}
    for each in candidates:
        groups.setdefault(id(each.problem), []).append(each)
    yield from groups.values()


# --- one exposure of all that is said of one problem ---------------------------------------------


def _exposure(target: Target, group: Sequence[_Candidate]) -> Exposure | None:
    found = _decided(target, group)
    return None if found is None else _shown(target, *found)


def _decided(target: Target, group: Sequence[_Candidate]) -> tuple[_Candidate, Answer] | None:
    """None for a hint about a version that it does not name: it says nothing of this device."""
    if len(group) == 1:
        only = _final(group[0], target)
        return None if only is None else (group[0], only)
    final = ((each, _final(each, target)) for each in group)
    answers = [(each, answer) for each, answer in final if answer is not None]
    if not answers:
        return None
    answers = _without_mere_lists(answers)
    told = [each for each in answers if each[1].state is not ExposureState.UNDETERMINED] or answers
    chosen, answer = min(told, key=lambda each: _ORDER.index(each[1].state))
    return chosen, _contradicted(answer, [each for each in told if each[1].state is not answer.state])


def _without_mere_lists(answers: list[tuple[_Candidate, Answer]]) -> list[tuple[_Candidate, Answer]]:
    """Drop who only lists versions where another source judges the fix: a list knows nothing of patches."""
    by_fix = [
        each
        for each in answers
        if each[0].product.fixed and (each[1].safe is Safe.FIXED or _open_by_patch(each[1]))
    ]
    return [each for each in answers if not _merely_lists(each[0].product)] if by_fix else answers


def _open_by_patch(answer: Answer) -> bool:
    return answer.state is ExposureState.UNDETERMINED and any(g.fact == "patches" for g in answer.because)


def _merely_lists(product: Product) -> bool:
    return not product.fixed and all(
        span.base_from is None and span.base_to is None and span.patch_to is None for span in product.affected
    )


def _final(candidate: _Candidate, target: Target) -> Answer | None:
    answer = candidate.answer
    if candidate.hint:
        return _hinted(candidate, answer)
    if answer.state is not ExposureState.AFFECTED:
        return answer
    return judge_configuration(candidate.advisory, candidate.product, target).after(answer)


def _hinted(candidate: _Candidate, answer: Answer) -> Answer | None:
    """An advisory about a related system never says more than: look at this."""
    if answer.state is not ExposureState.AFFECTED:
        return None
    ground = Ground(candidate.hint, "products", "software", exact=False)
    return undetermined(ground, *(replace(each, exact=False) for each in answer.because))


def _contradicted(answer: Answer, others: Sequence[tuple[_Candidate, Answer]]) -> Answer:
    """Where sources disagree the worse answer stands, and says so."""
    if not others:
        return answer
    grounds = tuple(
        Ground(f"{each.advisory.source} 的说法不同：{other.because[-1].text}", "conflicts", exact=False)
        for each, other in others
    )
    return replace(answer, because=(*answer.because, *grounds))


def _shown(target: Target, chosen: _Candidate, answer: Answer) -> Exposure:
    about, problem = chosen.advisory, chosen.problem
    because = sorted(answer.because, key=lambda ground: not ground.exact)
    certainty = Certainty.CERTAIN if all(ground.exact for ground in because) else Certainty.INFERRED
    fixes = tuple(dict.fromkeys(fix.said for fix in fixes_for(chosen.product, target)))
    return Exposure(
        device=target.name,
        advisory_id=problem.head.id,
        aliases=problem.aliases,
        title=problem.head.title,
        state=answer.state,
        because=tuple(because),
        certainty=Certainty.HINT if chosen.hint else certainty,
        safe=answer.safe,
        uncovered=answer.uncovered,
        trigger=answer.trigger,
        trigger_detail=about.feature.detail if about.feature else "",
        vulnerability=problem.vulnerability,
        severity=problem.severity,
        cvss=problem.cvss,
        remote=problem.remote,
        exploited=problem.exploited,
        epss=problem.epss,
        fixed_in=fixes,
        workaround="；".join(workaround.text for workaround in about.workarounds),
        workaround_commands=tuple(line for each in about.workarounds for line in each.commands),
        source=f"{about.source}，{_dated(about)}",
        seen=_seen(answer, target),
        reason=answer.reason,
    )


def _seen(answer: Answer, target: Target) -> tuple[Seen, ...]:
    """Where the facts stand that the answer rests on; of the configuration the very lines, if any."""
    facts = dict.fromkeys(ground.fact for ground in answer.because if ground.fact)
    places = [place for fact in facts if fact != "config" for place in target.seen.get(fact, ())]
    config = answer.seen or (target.seen.get("config", ()) if "config" in facts else ())
    return (*places, *config)


def _dated(advisory: Advisory) -> str:
    day = advisory.updated or advisory.published
    return "日期不详" if day is None else f"{day.isoformat()} 更新"


def _other_product(target: Target, problem: Problem) -> Exposure:
    advisory = problem.head
    names = "、".join(product.name for product in advisory.products[:5]) or "（没有可识别的产品）"
    ground = Ground(f"公告所列产品 {names} 不含型号 {target.model}", "products", "identity")
    answer = not_affected(Safe.OTHER_PRODUCT, ground)
    product = advisory.products[0] if advisory.products else Product(name="", vendor="")
    if not advisory.products:
        answer = undetermined(replace(ground, text="公告没有可识别的产品"), uncovered=True)
    return _shown(target, _Candidate(problem, advisory, product, answer, ""), answer)
