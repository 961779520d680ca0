"""Names of products and makers: which devices they mean, as sure as the source is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baselines.advisories.products import (
    Relation,
    hint_of,
    maker_in,
    maker_key,
    makers,
    name_key,
    relation,
    schemes,
    shown_name,
)
from baselines.advisory import Product
from collector.platform import platforms

MODEL, SERIES, POSSIBLE, OTHER = Relation.MODEL, Relation.SERIES, Relation.POSSIBLE, Relation.OTHER
S5735, CE = ("huawei_vrp5", "S5735-S24T4X"), ("huawei_vrp8", "CE12804")
H3C, INSPUR = ("h3c_comware7", "S5120V2-28P-SI"), ("inspur_inos_cn", "CN61108PC-V")
RELATIONS = [
    ("huawei", "S5735-S24T4X", S5735, MODEL),
    ("huawei", "S5735", S5735, MODEL),
    ("huawei", "S573", S5735, OTHER),
    ("huawei", "S5700", S5735, SERIES),
    ("huawei", "quidway_s5700_firmware", S5735, SERIES),
    ("huawei", "Campus S5700 Series Switches", S5735, SERIES),
    ("huawei", "S5300", S5735, OTHER),
    ("huawei", "S5700HI", S5735, OTHER),
    ("huawei", "S5700HI", ("huawei_vrp5", "S5710-28C-HI"), SERIES),
    ("huawei", "5700hi", ("huawei_vrp5", "S5710-28C-HI"), SERIES),
    ("huawei", "S9300E", ("huawei_vrp5", "S9306"), OTHER),
    ("huawei", "S9300", ("huawei_vrp5", "S9306E"), SERIES),
    ("huawei", "Quidway firmware", S5735, POSSIBLE),
    ("huawei", "s_series_firmware", S5735, POSSIBLE),
    ("huawei", "Secospace USG6600", S5735, OTHER),
    ("huawei", "CloudEngine 12800", CE, SERIES),
    ("huawei", "CE12800", CE, SERIES),
    ("huawei", "cloudengine_12800_firmware", CE, SERIES),
    ("huawei", "CloudEngine 1800V", CE, OTHER),
    ("huawei", "CloudEngine 6800", ("huawei_vrp8", "CE6857-48S6CQ-EI"), SERIES),
    ("h3c", "H3C S5120V2-SI系列交换机", H3C, SERIES),
    ("h3c", "S5120V2-EI", H3C, OTHER),
    ("h3c", "S5120V2-28P-SI", H3C, MODEL),
    ("h3c", "Comware 7", H3C, POSSIBLE),
    ("h3c", "jg296a_hp_5920af-24xg_switch", H3C, POSSIBLE),
    ("h3c", "jg404a_hp_msr3064_router", H3C, OTHER),
    ("h3c", "Magic R100", H3C, OTHER),
    ("h3c", "S10500X", ("h3c_comware7", "S10508X-G"), SERIES),
    ("h3c", "S5700", S5735, OTHER),
    ("cisco", "Cisco NX-OS Software", INSPUR, POSSIBLE),
    ("cisco", "Nexus 9000 Series Switches", INSPUR, POSSIBLE),
    ("cisco", "Cisco NX-OS System Software in ACI Mode", INSPUR, OTHER),
    ("cisco", "Cisco Firepower Extensible Operating System (FXOS)", INSPUR, OTHER),
    ("cisco", "Nexus 7000", INSPUR, OTHER),
    ("cisco", "Cisco NX-OS Software", S5735, OTHER),
    ("inspur", "CN61108PC-V", INSPUR, MODEL),
    ("inspur", "NF5266M5", INSPUR, OTHER),
    ("siemens", "SCALANCE X200", S5735, OTHER),
]


@pytest.mark.parametrize(("vendor", "name", "device", "wanted"), RELATIONS)
def test_relation(vendor: str, name: str, device: tuple[str, str], wanted: Relation) -> None:
    assert relation(Product(name=name, vendor=vendor), *device) is wanted


def test_software_of_a_line_concerns_the_hardware_it_runs_on() -> None:
    product = Product(name="quidway", vendor="huawei", on=("quidway s5700", "S9300"))
    assert relation(product, *S5735) is SERIES
    assert relation(product, "huawei_vrp5", "S6730-H24X6C") is OTHER


def test_our_own_form_says_models_itself() -> None:
    product = Product(name="x", vendor="huawei", platforms=("huawei_vrp5",), models=(r"S5735-.*",))
    assert relation(product, *S5735) is MODEL
    assert relation(product, "huawei_vrp5", "S5731-H24") is OTHER
    assert relation(product, "huawei_vrp8", "S5735-S24T4X") is OTHER


MAKERS = [
    ("HPE", "h3c"),
    ("新华三技术有限公司", "h3c"),
    ("华为", "huawei"),
    ("Cisco Systems, Inc", "cisco systems, inc"),
    ("浪潮", "inspur"),
]


@pytest.mark.parametrize(("said", "key"), MAKERS)
def test_makers_by_any_spelling(said: str, key: str) -> None:
    assert maker_key(said) == key


def test_a_maker_in_a_text_is_a_word_of_its_own() -> None:
    assert maker_in("Huawei S9700 before") == "huawei"
    assert maker_in("the phpHuaweiX thing") == ""
    assert maker_in("新华三技术有限公司 华三ACG1000-M交换机") == "h3c"


def test_only_what_is_the_makers_own_numbering_is_read_by_it() -> None:
    assert schemes("cisco", "NX-OS Software") == ("inos_cn",)
    assert schemes("cisco", "Cisco Unified Computing System (Managed)") == ()
    assert schemes("siemens") == ()


def test_a_hint_says_why() -> None:
    product = Product(name="NX-OS", vendor="cisco")
    assert "只作提示" in hint_of(product, "inspur_inos_cn")
    assert hint_of(Product(name="S5700", vendor="huawei"), "huawei_vrp5") == ""


def test_the_map_names_only_platforms_that_there_are() -> None:
    for maker in makers().values():
        assert set(maker.platforms) | set(maker.hints) <= set(platforms())


@given(st.sampled_from(sorted(makers())), st.text(max_size=30))
def test_any_name_has_a_key_and_can_be_shown(maker: str, name: str) -> None:
    assert name_key(maker, shown_name(maker, name)) == name_key(maker, name) or not name.strip()
