"""Verdicts on real records, each worked out by reading the record; XUNJIAN_ADVISORIES names the folder."""

import os
from functools import cache
from pathlib import Path

import pytest

from baselines.advisories.collection import read_files, shipped
from checks.matching import AdvisoryIndex
from checks.target import asked_target
from collector.platform import platforms
from tests.checks.test_exposures import letter

FOLDER = os.environ.get("XUNJIAN_ADVISORIES")
pytestmark = pytest.mark.skipif(FOLDER is None, reason="XUNJIAN_ADVISORIES names no folder with raw/")

V5, V8, C7, IN = "huawei_vrp5", "huawei_vrp8", "h3c_comware7", "inspur_inos_cn"
CASES = [
    # "before V200R005C00SPC300", whatever older versions the CPE names list.
    ("CVE-2015-1460", V5, "S5700-28C-EI", "V200R003C00SPC300", "-", "A"),
    ("CVE-2015-1460", V5, "S5700-28C-EI", "V200R005C00SPC300", "-", "N"),
    ("CVE-2015-1460", V5, "S5700-28C-EI", "V200R005C00SPC500", "-", "N"),
    # Four builds are listed and nothing else is said.
    ("CVE-2021-22332", V8, "CE12804", "V200R005C10SPC800", "-", "A"),
    ("CVE-2021-22332", V8, "CE12804", "V200R019C10SPC800", "-", "X"),
    # V200R005C00 is a branch of the list; later releases are not in it.
    ("CVE-2016-8773", V5, "S5720-28X-SI-AC", "V200R005C00SPC300", "-", "A"),
    ("CVE-2016-8773", V5, "S5735-S24T4X", "V200R019C10SPC500", "-", "X"),
    # The fixing patch has another number on another series.
    ("CVE-2021-22377", V5, "S7706", "V200R019C00SPC500", "V200R019SPH017", "N"),
    ("CVE-2021-22377", V5, "S7706", "V200R019C00SPC500", "V200R019SPH016", "A"),
    ("CVE-2021-22377", V5, "S7706", "V200R019C00SPC500", "-", "A"),
    ("CVE-2021-22377", V5, "S5720-28X-SI-AC", "V200R019C00SPC500", "V200R019SPH017", "A"),
    ("CVE-2021-22377", V5, "S5720-28X-SI-AC", "V200R019C00SPC500", "V200R019SPH020", "N"),
    ("CVE-2021-22377", V5, "S7706", "V200R019C00SPC500", "?", "U"),
    # A patch of V200R003 says nothing of V200R005.
    ("CVE-2016-3678", V5, "S5700-28C-EI", "V200R005C00SPC300", "-", "X"),
    # Part numbers without a version: possible, and no more.
    ("CVE-2013-4806", C7, "S6520X-54QC-EI", "Release 6616P05", "-", "U"),
    # NX-OS: a hint where the number is listed, and another product's number space says nothing.
    ("CVE-2024-20399", IN, "CN61108PC-V", "9.2(2)", "-", "U"),
    # Other makers' records do not concern these switches.
    ("CVE-2024-20399", V8, "CE12804", "V200R005C10SPC800", "-", "O"),
    ("CVE-2021-22332", V5, "S5735-S24T4X", "V200R005C10SPC800", "-", "O"),
]


@cache
def index() -> AdvisoryIndex:
    raw = sorted(path for path in (Path(FOLDER or "") / "raw").rglob("*") if path.is_file())
    files = (*read_files(raw), shipped())
    return AdvisoryIndex(advisory for file in files for advisory in file.advisories)


@pytest.mark.parametrize(("number", "platform", "model", "version", "patches", "verdict"), CASES)
def test_verdict(number: str, platform: str, model: str, version: str, patches: str, verdict: str) -> None:
    in_force = None if patches == "?" else () if patches == "-" else (patches,)
    at = asked_target(platforms()[platform], model=model, version=version, patches=in_force, config=None)
    found = index().ask(at, number)
    assert found is not None
    assert letter(found) == verdict, [ground.text for ground in found.because]
