"""What a device says of itself decides its platform, and only one platform may claim it."""

import os
from pathlib import Path

import pytest

from collector.errors import UnsupportedPlatformError
from collector.platform import platforms
from collector.recognition import _agreed, _text, _unknown
from collector.run_record import OutcomeReason
from tests.collector.lab import VERSIONS, lab, switch

CORPUS = os.environ.get("XUNJIAN_CORPUS")
LONG = "".join(f"Copyright line {number}\n" for number in range(60))


def matching(text: str) -> list[str]:
    return [p.id for p in platforms().values() if all(pattern.search(text) for pattern in p.recognise)]


@pytest.mark.parametrize("platform", sorted(VERSIONS))
def test_a_version_that_fills_pages_is_recognised_while_the_pager_is_on(
    tmp_path: Path, platform: str
) -> None:
    known = platforms()[platform]
    device = switch(platform)
    device.outputs = {**device.outputs, known.identify: LONG + VERSIONS[platform] + LONG}
    with lab(tmp_path, device) as where:
        outcome = where.only_outcome()
    assert (outcome.platform, outcome.reason) == (platform, None)
    assert [key for session in device.sessions for key in session.keys].count(" ") >= 2


@pytest.mark.parametrize("platform", sorted(VERSIONS))
def test_one_output_is_of_one_platform(platform: str) -> None:
    assert matching(VERSIONS[platform]) == [platform]


@pytest.mark.parametrize(
    "path",
    sorted(Path("tests/parsers/fixtures").glob("huawei_*/display_version/*.txt")),
    ids=lambda path: f"{path.parts[-3]}/{path.stem}",
)
def test_every_version_that_is_read_of_huawei_is_recognised(path: Path) -> None:
    assert matching(path.read_text("utf-8")) == [path.parts[-3]]


def test_yunshan_may_name_all_cloudengine_switches_of_its_release() -> None:
    said = "YunShan OS, Version 1.23.0.1 (CloudEngine 58&68&78&88&98 V300R023C00)\n"
    assert matching(f"{said}HUAWEI CE6866-48S8CQ-P uptime is 0 day, 5 hours, 32 minutes\n") == ["huawei_vrp8"]


@pytest.mark.parametrize(
    ("said", "ours"),
    [
        ("INOS Software, S5350, Version 6.2.27.R5.66T3\nCopyright (C) Inspur.", ["inspur_inos6"]),
        ("Inspur INOS-CN(tm), Software, Version 9.2(3)", ["inspur_inos_cn"]),
        ("Inspur INOS-CN(tm), Software, Version 6.0(2)A8(11b)", ["inspur_inos_cn"]),
        ("Inspur S6550 Software, Version 3.60.398", []),
        ("CentecOS Software, E580, Version 6.2.27\nCopyright (C) Centec Networks.", []),
    ],
)
def test_the_inspur_systems_are_told_apart(said: str, ours: list[str]) -> None:
    assert matching(said) == ours


def test_two_platforms_that_claim_a_device_are_refused() -> None:
    one = platforms()["huawei_vrp8"]
    with pytest.raises(UnsupportedPlatformError, match="同时符合多个平台：huawei_vrp8、huawei_vrp8"):
        _agreed([one, one], "auto")


def test_a_device_that_knows_no_identify_is_not_recognised(tmp_path: Path) -> None:
    device = switch(outputs={})
    with lab(tmp_path, device) as where:
        outcome = where.only_outcome()
    assert outcome.reason is OutcomeReason.UNSUPPORTED
    assert "无法识别的平台" in outcome.detail
    assert "Unrecognized command" in outcome.detail


def test_a_device_that_falls_silent_at_identify(tmp_path: Path) -> None:
    device = switch(think_by_command={"display version": 30})
    with lab(tmp_path, device, timeout_s=0.5) as where:
        outcome = where.only_outcome()
    assert (outcome.reached, outcome.reason) == (False, OutcomeReason.TIMED_OUT)
    assert "display version 没有得到完整的回答" in outcome.detail


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (
            "H3C Comware Platform Software\nComware Software, Version 3.10, Release 1602P11",
            "H3C Comware（其他版本）",
        ),
        (
            "Huawei YunShan OS\nVersion 1.22.0.1 (AR5700 V600R022C10)\nHUAWEI AR5710-H8T2TS1 uptime is 1 day",
            "华为 YunShan OS（其他系列）",
        ),
        ("VRP (R) software, Version 5.170 (AR651 V300R019C10)", "华为 VRP（其他系列）"),
        ("Cisco IOS Software, C2960 Software", "思科 IOS"),
        ("Ruijie Switch S5750", "锐捷 RGOS"),
    ],
)
def test_families_that_are_met_beside_ours(said: str, name: str) -> None:
    assert matching(said) == []
    assert _unknown(f"display version\r\n{said}\n").startswith(f"暂不支持的平台：{name}，设备自述：")


def test_pages_are_joined() -> None:
    raw = (
        b"show version\r\nfirst\r\n  ---- More ----\x1b[42D    \x1b[42Dsecond\r\n--More--\r      \rthird\r\n"
    )
    assert [line for line in _text(raw).split("\n") if line] == ["show version", "first", "second", "third"]


def _corpus_versions() -> list[Path]:
    root = Path(CORPUS or "")
    commands = ("display_version", "show_version")
    return sorted(p for c in commands for p in root.glob(f"*/{c}/*.txt")) if CORPUS else []


OURS = {
    "h3c_comware": {"h3c_comware5", "h3c_comware7"},
    "huawei_vrp": {"huawei_vrp5", "huawei_vrp8"},
    "inspur_other": {"inspur_inos6"},
    "cisco_nxos": set(),
}


@pytest.mark.skipif(not CORPUS, reason="XUNJIAN_CORPUS names no folder of real outputs")
@pytest.mark.parametrize("path", _corpus_versions(), ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_real_versions_are_claimed_once_and_by_their_vendor(path: Path) -> None:
    found = matching(_text(path.read_bytes()))
    assert len(found) <= 1
    assert set(found) <= OURS.get(path.parts[-3], set())


def test_all_prompts_are_user_views(tmp_path: Path) -> None:
    """A prompt of a configuration view would mean that somebody left us in one."""
    for known in platforms().values():
        assert not known.prompt.fullmatch("[sw]"), known.id
        assert not known.prompt.fullmatch("sw(config)#"), known.id
