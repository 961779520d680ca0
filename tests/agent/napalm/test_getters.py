"""NAPALM's own getter suite, with a case for each platform that offers the getter."""

from pathlib import Path

import pytest
from napalm.base import NetworkDriver
from napalm.base.test.getters import BaseTestGetters

from agent.napalm.errors import NotOfferedError
from agent.napalm.read_only import REFUSED
from collector.platform import platforms
from tests.agent.napalm.double import PatchedDriver, folder_of

MOCKED = Path(__file__).parent / "mocked_data"


@pytest.mark.usefixtures("set_device_parameters")
class TestGetters(BaseTestGetters):  # type: ignore[misc]
    """Inherits every test."""


GETTERS = tuple(name for name in dir(PatchedDriver) if name.startswith("get_") and name not in REFUSED)
READY = tuple(id_ for id_ in platforms() if folder_of(id_).is_dir())


def driver_for(platform: str) -> PatchedDriver:
    driver = PatchedDriver("192.0.2.1", "inspector", "")
    driver.open()
    assert driver.device is not None
    vars(driver.device).update(
        current_test="none", current_test_case=platform, platform=platforms()[platform]
    )
    return driver


@pytest.mark.parametrize("platform", READY)
@pytest.mark.parametrize("getter", GETTERS)
def test_a_getter_is_answered_or_says_that_the_platform_has_no_such_fact(getter: str, platform: str) -> None:
    has_case = any((MOCKED / f"test_{getter}" / platform).glob("expected_result.json"))
    ask = getattr(driver_for(platform), getter)
    try:
        answer = ask()
    except NotOfferedError as error:
        answer = error
    if isinstance(answer, NotOfferedError):
        assert (platforms()[platform].label in str(answer), has_case) == (True, False)
    else:
        assert isinstance(answer, dict | list)


@pytest.mark.parametrize("method", REFUSED)
def test_what_is_not_offered_says_why(method: str) -> None:
    with pytest.raises(NotImplementedError, match=rf"^{method}: .{{10,}}"):
        getattr(driver_for("h3c_comware7"), method)()


def test_nothing_of_napalm_is_left_without_a_word() -> None:
    """A method that NAPALM adds is either offered or refused with a reason."""
    own = {name for cls in PatchedDriver.__mro__[:3] for name in vars(cls)}
    # These are NAPALM's own and rest on the getters, or are hooks that its tool does without.
    left = {"compliance_report", "pre_connection_tests", "connection_tests", "post_connection_tests"}
    assert {name for name in dir(NetworkDriver) if not name.startswith("_")} - own == left
