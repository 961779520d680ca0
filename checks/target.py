"""What of a device decides whether an advisory concerns it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from checks.words import REASON_WORDS
from collector.platform import Platform
from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import Facts, Partial, Patch, Reason, Software, Unknown
from parsers.seen import Seen
from parsers.versions import Version, VersionError, find_patch, parse_version


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is not known of the device, and why."""

    reason: Reason
    said: str
    """In Chinese."""


@dataclass(frozen=True, slots=True)
class InForce:
    """A patch that is in force; one that is only loaded protects nobody."""

    name: str
    version: Version | None
    """None: its name holds no number that we can read."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The running configuration, its lines by their first word."""

    tree: ConfigTree
    by_word: dict[str, list[ConfigLine]]
    known: dict[str, Seen | None] = field(default_factory=dict, compare=False)
    """What was looked for before: advisories ask for the same lines again and again."""

    @classmethod
    def of(cls, tree: ConfigTree) -> "Configuration":
        """Sort the lines of a configuration, at any depth."""
        by_word: dict[str, list[ConfigLine]] = {}
        for line in tree.walk():
            by_word.setdefault(line.text.split(" ", 1)[0], []).append(line)
        return cls(tree, by_word)

    def lines(self, first_word: str | None) -> Iterator[ConfigLine]:
        """Lines that begin with this word; all lines for None."""
        if first_word is not None:
            yield from self.by_word.get(first_word, ())
        else:
            yield from self.tree.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One device, as far as matching needs it."""

    name: str
    platform: Platform
    model: str | Missing
    version: Version | Missing
    """Of the base alone; the hot patch that a version names is among `patches`."""
    patches: tuple[InForce, ...] | Missing
    config: Configuration | Missing
    seen: Mapping[str, tuple[Seen, ...]] = field(default_factory=dict)
    """By name of a fact: where it was read."""

    @property
    def kind(self) -> tuple[object, ...]:
        """Equal for devices that differ in configuration alone."""
        patches: object = self.patches
        if not isinstance(self.patches, Missing):
            patches = tuple(each.name for each in self.patches)
        version = self.version if isinstance(self.version, Missing) else self.version.text
        return self.platform.id, self.model, version, patches


def target_of(name: str, platform: Platform, facts: Facts) -> Target:
    """Take from the facts of a device what matching needs."""
    version, hot = _version(platform.version_scheme, facts)
    identity = facts.identity
    return Target(
        name=name,
        platform=platform,
        model=_unknown(identity, "设备型号") if isinstance(identity, Unknown) else identity.value.model,
        version=version,
        patches=_patches(platform.version_scheme, facts, hot),
        config=_config(facts),
        seen={
            "identity": identity.sources if isinstance(identity, Unknown) else (identity.value.seen,),
            "software": facts.software.sources
            if isinstance(facts.software, Unknown)
            else (facts.software.value.seen,),
            "patches": facts.patches.sources
            if isinstance(facts.patches, Unknown)
            else tuple(patch.seen for patch in facts.patches.value) or facts.patches.sources,
            "config": facts.config.sources,
        },
    )


def asked_target(
    platform: Platform, *, model: str, version: str, patches: Sequence[str] | None, config: ConfigTree | None
) -> Target:
    """Make a target of what somebody says of a device; raises VersionError.

    `patches` None: nobody said which are in force; empty: none is. `config` None: there is none to look at.
    """
    scheme = platform.version_scheme
    running = parse_version(scheme, version)
    in_force: tuple[InForce, ...] | Missing = Missing(Reason.NOT_COLLECTED, "没有给出补丁")
    if patches is not None:
        in_force = (*_hot(scheme, version), *(InForce(p, find_patch(scheme, p)) for p in patches))
    return Target(
        name="-",
        platform=platform,
        model=model,
        version=running.base,
        patches=_hot(scheme, version) or in_force if patches is None else in_force,
        config=Missing(Reason.NOT_COLLECTED, "没有给出配置") if config is None else Configuration.of(config),
    )


def _unknown(fact: Unknown, what: str) -> Missing:
    detail = f"（{fact.detail}）" if fact.detail else ""
    return Missing(fact.reason, f"{what}未知：{REASON_WORDS[fact.reason]}{detail}")


def _version(scheme: str, facts: Facts) -> tuple[Version | Missing, tuple[InForce, ...]]:
    """The base version, and the hot patch that its text names."""
    if isinstance(facts.software, Unknown):
        return _unknown(facts.software, "软件版本"), ()
    software: Software = facts.software.value
    try:
        running = parse_version(scheme, software.version)
    except VersionError as error:
        return Missing(Reason.UNPARSED, str(error)), ()
    return running.base, _hot(scheme, software.version)


def _hot(scheme: str, text: str) -> tuple[InForce, ...]:
    patch = find_patch(scheme, text)
    return () if patch is None else (InForce(patch.text, patch),)


def _patches(scheme: str, facts: Facts, hot: tuple[InForce, ...]) -> tuple[InForce, ...] | Missing:
    if isinstance(facts.patches, Unknown):
        return hot or _unknown(facts.patches, "补丁")
    if isinstance(facts.patches, Partial):
        return Missing(Reason.UNPARSED, "补丁信息没有完整识别")
    rows: tuple[Patch, ...] = facts.patches.value
    listed = (InForce(p.name, find_patch(scheme, p.name)) for p in rows if p.effective)
    return (*hot, *listed)


def _config(facts: Facts) -> Configuration | Missing:
    if isinstance(facts.config, Unknown):
        return _unknown(facts.config, "配置")
    if isinstance(facts.config, Partial):
        return Missing(Reason.UNPARSED, "配置没有完整识别")
    return Configuration.of(facts.config.value)
