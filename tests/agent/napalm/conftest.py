"""What NAPALM's own test suite wants to find here."""

from collections.abc import Iterator

import pytest
from napalm.base.test import conftest as napalms

from agent.napalm.driver import XunjianDriver
from tests.agent.napalm.double import PatchedDriver


@pytest.fixture(scope="class")
def set_device_parameters(request: pytest.FixtureRequest) -> Iterator[None]:
    request.cls.driver = XunjianDriver
    request.cls.patched_driver = PatchedDriver
    request.cls.vendor = "xunjian_napalm"
    napalms.set_device_parameters(request)
    yield
    request.cls.device.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    napalms.pytest_generate_tests(metafunc, __file__)
