"""The benchmark of collecting, small: its outputs are right, and ours sends what is allowed and no more."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROGRAM = str(ROOT / "benchmarks" / "collect.py")
BROKEN = """
import sys

from collector import allowlist, session

allowlist.Guard.check = lambda guard, line: None
plain = session.Session.ask


def ask(self, command, *how):
    plain(self, "display this", *how)
    return plain(self, command, *how)


session.Session.ask = ask
"""


def benchmark(path: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, PROGRAM, "--rounds=1", "--devices=2", "--workers=2", "--clients=ours,asyncssh"],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=100,
    )


def test_it_measures_right_outputs(tmp_path: Path) -> None:
    ended = benchmark(str(ROOT))
    assert ended.returncode == 0, ended.stderr
    rows = [line.strip("| ").split(" | ") for line in ended.stdout.splitlines() if line.startswith("|")]
    assert {row[0]: row[-1] for row in rows[2:]} == {"ours": "0", "asyncssh": "0"}


def test_a_broken_guard_ends_it(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(BROKEN, "utf-8")
    ended = benchmark(f"{ROOT}{os.pathsep}{tmp_path}")
    assert ended.returncode == 1
    assert "ours sent what is not on the allow-list: ['sw-0000: display this'" in ended.stderr
