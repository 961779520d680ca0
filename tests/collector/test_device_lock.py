from pathlib import Path

import pytest

from collector.device_lock import device_lock
from collector.errors import DeviceBusyError
from collector.run_record import OutcomeReason
from tests.collector.lab import lab, now, switch


def test_one_run_at_a_time_and_the_owner_is_named(tmp_path: Path) -> None:
    with device_lock(tmp_path, "192.0.2.1", 22, run_id="run-a", now=now()):
        with (
            pytest.raises(DeviceBusyError, match=r"192\.0\.2\.1:22.*运行 run-a，进程 \d+"),
            device_lock(tmp_path, "192.0.2.1", 22, run_id="run-b", now=now()),
        ):
            pass
        with device_lock(tmp_path, "192.0.2.1", 2222, run_id="run-b", now=now()):
            pass
    with device_lock(tmp_path, "192.0.2.1", 22, run_id="run-b", now=now()):
        pass


def test_an_address_is_no_path(tmp_path: Path) -> None:
    with device_lock(tmp_path, "../../2001:db8::1", 22, run_id="a", now=now()):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["locks"]


def test_a_busy_device_is_not_touched(tmp_path: Path) -> None:
    device = switch()
    with lab(tmp_path, device) as where:
        (entry,) = where.devices
        with device_lock(where.data, entry.host, entry.port, run_id="other", now=now()):
            outcome = where.only_outcome()
    assert outcome.reason is OutcomeReason.NOT_COLLECTED
    assert "运行 other" in outcome.detail
    assert device.logins == []
