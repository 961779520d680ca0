"""Matching a large fleet against a large library of advisories.

    python benchmarks/match.py [--devices 10000] [--advisories 5000] [--seed 1]

Devices and advisories are made up, with the spread of real ones: products named as series, builds, branches
and ranges on both axes, fixes by base and patch, conditions and workarounds told by lines of a configuration
of its own for each device. Prints seconds, answers by state, and the peak of memory.
"""

import argparse
import random
import resource
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from baselines.advisory import Advisory, Affected, Bound, Feature, Fix, Product, Score, Workaround
from baselines.baseline import load_baseline
from checks.evaluation import VersionJudge
from checks.target import target_of
from collector.inventory import Device
from collector.platform import platforms
from parsers.config_tree import ConfigTree, build_tree
from parsers.facts import Facts, Identity, Known, Patch, Software
from parsers.seen import Seen

SEEN = Seen("00" * 32, "display version", (1,))
OTHERS = [f"AR{n}" for n in range(100, 130)]
SERIES = {
    "huawei_vrp5": [f"S{n}" for n in (2700, 3700, 5700, 6700, 7700, 9300, 9700, 12700)] + OTHERS,
    "huawei_vrp8": [f"CloudEngine {n}" for n in (5800, 6800, 7800, 8800, 12800)] + OTHERS,
    "h3c_comware7": ["S5130S", "S5560X", "S6520X", "S6800", "S10500X", "S12500X", *OTHERS],
    "inspur_inos_cn": ["CN61108PC-V", "CN8672", "CN12710", *OTHERS],
}
"""Of the fleet below, and of what a maker's advisories are about beside: routers, firewalls, wireless."""
MODELS = {
    "huawei_vrp5": [
        "S2720-28TP-EI",
        "S5720-28X-SI",
        "S5735-S24T4X",
        "S6720-30C-EI",
        "S7706",
        "S9306",
        "S12708",
    ],
    "huawei_vrp8": ["CE5881-48S6CQ", "CE6857-48S6CQ-EI", "CE6881-48S6CQ", "CE8850-32CQ-EI", "CE12804"],
    "h3c_comware7": ["S5130S-52S-HI", "S5560X-30C-EI", "S6520X-54QC-EI", "S6800-54QF", "S10508X-G"],
    "inspur_inos_cn": ["CN61108PC-V", "CN8672-X", "CN12710"],
}
VENDOR = {"huawei_vrp5": "huawei", "huawei_vrp8": "huawei", "h3c_comware7": "h3c", "inspur_inos_cn": "inspur"}
FEATURES = [
    ("OSPF", r"ospf \d+.*", "ospf 1", "ospf authentication-mode .*"),
    ("Telnet", "telnet server enable", "telnet server enable", r"acl \d+ inbound"),
    ("HTTP", "http (secure-)?server enable", "http server enable", r"http acl \d+"),
    ("SNMP", "snmp-agent sys-info version .*", "snmp-agent sys-info version v3", r"snmp-agent .* acl \d+"),
    ("BGP", r"bgp \d+", "bgp 65001", "peer .* password .*"),
    ("STP", "stp (mode|root) .*", "stp mode rstp", "stp bpdu-protection"),
    ("DHCP", "dhcp enable", "dhcp enable", "dhcp snooping enable"),
    ("NX-API", "feature nxapi", "feature nxapi", "nxapi use-vrf management"),
]


def version(rng: random.Random, platform: str) -> str:
    if platform == "h3c_comware7":
        return f"Release {rng.choice((6, 7))}{rng.randrange(300, 700)}P{rng.randrange(1, 20):02}"
    if platform == "inspur_inos_cn":
        return rng.choice(("7.0(3)I7({})", "9.2({})", "9.3({})")).format(rng.randrange(1, 12))
    branch = f"V200R{rng.choice((5, 8, 9, 10, 11, 13, 19, 20, 21, 22)):03}C{rng.choice((0, 10))}0"[:-1]
    return f"{branch}SPC{rng.randrange(1, 10)}00"


def patch(rng: random.Random, base: str) -> str:
    return f"{base[:8]}SPH{rng.randrange(1, 25):03}"


def spans(rng: random.Random, platform: str) -> tuple[Affected, ...]:
    kind = rng.random()
    if kind < 0.4:
        return (Affected(builds=tuple(version(rng, platform) for _ in range(rng.randrange(1, 30)))),)
    if kind < 0.6 and platform.startswith("huawei"):
        return (Affected(branches=tuple(version(rng, platform)[:11] for _ in range(3))),)
    if kind < 0.8 and platform.startswith("huawei"):
        base = version(rng, platform)
        return (Affected(builds=(base,), patch_to=Bound(patch(rng, base), inclusive=False)),)
    return (Affected(base_to=Bound(version(rng, platform), inclusive=False)),)


def product(rng: random.Random, platform: str) -> Product:
    base = version(rng, platform)
    fixes = (Fix(base=base), *((Fix(patch=patch(rng, base)),) if platform.startswith("huawei") else ()))
    return Product(
        name=rng.choice(SERIES[platform]),
        vendor=VENDOR[platform],
        affected=spans(rng, platform),
        fixed=fixes,
    )


def advisory(rng: random.Random, number: int) -> Advisory:
    platform = rng.choice(list(SERIES))
    name, pattern, _, way = rng.choice(FEATURES)
    conditional = rng.random() < 0.6
    return Advisory(
        id=f"XJ-BENCH-{number:05}",
        aliases=(f"CVE-2026-{number:05}",),
        title=f"（虚构）{name}",
        vendor=VENDOR[platform],
        products=tuple(product(rng, platform) for _ in range(rng.randrange(1, 6))),
        feature=Feature(detail=name, pattern=pattern) if conditional else None,
        workarounds=(Workaround(text="虚构", pattern=way),) if conditional and rng.random() < 0.5 else (),
        severity="高",
        scores=(Score(version="3.1", base=7.5),),
        source="虚构",
        published=date(2026, 1, 1),
    )


def configuration(rng: random.Random, number: int) -> ConfigTree:
    lines = [f"sysname bench-{number}"]
    lines += [line for _, _, line, _ in FEATURES if rng.random() < 0.5]
    for port in range(48):
        lines += [
            f"interface GigabitEthernet0/0/{port}",
            f" description to-{number}-{port}",
            " port link-type access",
            f" port default vlan {rng.randrange(1, 4000)}",
        ]
    return build_tree(lines, command="display current-configuration", capture="00" * 32)


def devices(rng: random.Random, count: int) -> Iterator[tuple[Device, str, Facts]]:
    """One after the other, as they come out of a run: nothing is kept."""
    kinds = [
        (platform, model, base, names)
        for platform, models in MODELS.items()
        for model in models
        for base in [version(rng, platform) for _ in range(12)]
        for names in ([], *([[patch(rng, base)]] * 2 if platform.startswith("huawei") else ()))
    ]
    for number in range(count):
        platform, model, base, names = rng.choice(kinds)
        facts = Facts(
            identity=Known(Identity(seen=SEEN, hostname=f"bench-{number}", model=model)),
            software=Known(Software(seen=SEEN, os="bench", version=base)),
            patches=Known(tuple(Patch(seen=SEEN, name=n, state="Running", effective=True) for n in names)),
            config=Known(configuration(rng, number)),
        )
        yield Device(name=f"bench-{number}", host="192.0.2.1"), platform, facts


EVALUATED = 1_000
"""Devices that are evaluated too: risk, recommendation, lifecycle."""


def measured(count: int, advisories: Sequence[Advisory], rng: random.Random) -> None:
    begun = time.perf_counter()
    judge = VersionJudge(advisories, load_baseline(), "bench", date(2026, 11, 1))
    matched, evaluated, states = time.perf_counter() - begun, 0.0, Counter[str]()
    for number, (device, platform, facts) in enumerate(devices(rng, count)):
        begun = time.perf_counter()
        exposures = judge.index.match(target_of(device.name, platforms()[platform], facts))
        matched += time.perf_counter() - begun
        states.update(exposure.state.value for exposure in exposures)
        if number < EVALUATED:
            begun = time.perf_counter()
            judge.of(device, platforms()[platform], facts)
            evaluated += time.perf_counter() - begun
    print(f"{count} devices x {len(advisories)} advisories: matched in {matched:.1f} s, one process")
    print(f"{min(count, EVALUATED)} of them matched and evaluated in {evaluated:.1f} s")
    print(", ".join(f"{state} {number}" for state, number in sorted(states.items())))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--devices", type=int, default=10_000)
    parser.add_argument("--advisories", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    measured(arguments.devices, [advisory(rng, n) for n in range(arguments.advisories)], rng)


if __name__ == "__main__":
    main()
