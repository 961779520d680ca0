from datetime import UTC, datetime, timedelta, timezone

import pytest

from collector.authorization import permitted
from collector.errors import AuthorizationError
from collector.inventory import Authorization, Device, Site

CHINA = timezone(timedelta(hours=8))
OPENS = datetime(2026, 3, 1, 22, tzinfo=CHINA)
CLOSES = datetime(2026, 3, 2, 2, tzinfo=CHINA)


def site(*names: str, record: bool = True) -> Site:
    authorization = Authorization(
        authorized_by="王五",
        method="邮件",
        reference="MAIL-7",
        valid_from=OPENS,
        valid_until=CLOSES,
        devices=names or ("*",),
    )
    devices = tuple(Device(name=name, host="192.0.2.1") for name in ("a", "b", "c"))
    return Site(name="dc", customer="客户", devices=devices, authorization=authorization if record else None)


@pytest.mark.parametrize(
    ("names", "devices", "moment"),
    [
        (("*",), ("a", "b", "c"), OPENS),
        (("a", "b"), ("b",), CLOSES - timedelta(seconds=1)),
        (("a", "b"), ("a", "b"), datetime(2026, 3, 1, 15, tzinfo=UTC)),
        (("a",), (), OPENS),
    ],
)
def test_permitted(names: tuple[str, ...], devices: tuple[str, ...], moment: datetime) -> None:
    assert permitted(site(*names), devices, moment).reference == "MAIL-7"


@pytest.mark.parametrize(
    ("where", "devices", "moment", "said"),
    [
        (site(record=False), ("a",), OPENS, "site dc has no authorisation record"),
        (
            site(),
            ("a",),
            OPENS - timedelta(seconds=1),
            "is not valid yet: it begins at 2026-03-01 22:00+08:00, now it is 2026-03-01 21:59",
        ),
        (
            site(),
            ("a",),
            CLOSES,
            "has ended: it was valid until 2026-03-02 02:00+08:00, now it is 2026-03-02 02:00+08:00",
        ),
        (site(), ("a",), datetime(2026, 3, 1, 18, 30, tzinfo=UTC), "now it is 2026-03-02 02:30+08:00"),
        (site("b"), ("a", "b", "c"), OPENS, "does not cover 2 of the selected devices: a, c"),
    ],
)
def test_refused(where: Site, devices: tuple[str, ...], moment: datetime, said: str) -> None:
    with pytest.raises(AuthorizationError) as refusal:
        permitted(where, devices, moment)
    assert said in str(refusal.value)
