import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.hardening.filling import PLACEHOLDER, Filled, Values, by_object, filled, stepping_back

VTYS = ({"起始编号": "0", "结束编号": "4"}, {"起始编号": "16", "结束编号": "20"})
NETWORKS = (
    {"管理网段": "192.0.2.0", "反掩码": "0.0.0.255"},
    {"管理网段": "198.51.100.0", "反掩码": "0.0.0.127"},
)
VTY = "user-interface vty <起始编号> <结束编号>\n protocol inbound ssh"

CASES = {
    "nothing to fill": ("undo telnet server enable", Values(), ("undo telnet server enable",), ()),
    "one value": ("acl <ACL编号>", Values({"ACL编号": "2003"}), ("acl 2003",), ()),
    "what is not known stays and is counted once": (
        "a <用户>\nb <用户> <组>",
        Values({"别的": "x"}),
        ("a <用户>", "b <用户> <组>"),
        ("用户", "组"),
    ),
    "a block for each thing": (
        VTY,
        Values(several=(VTYS,)),
        (
            "user-interface vty 0 4",
            " protocol inbound ssh",
            "user-interface vty 16 20",
            " protocol inbound ssh",
        ),
        (),
    ),
    "a line below for each thing": (
        "acl <ACL编号>\n rule permit source <管理网段> <反掩码>\nquit",
        Values({"ACL编号": "2001"}, (VTYS, NETWORKS)),
        (
            "acl 2001",
            " rule permit source 192.0.2.0 0.0.0.255",
            " rule permit source 198.51.100.0 0.0.0.127",
            "quit",
        ),
        (),
    ),
    "what the block's line chose holds below it": (
        "interface <接口>\n description <接口>",
        Values(several=(({"接口": "GE0/0/1"}, {"接口": "GE0/0/2"}),)),
        ("interface GE0/0/1", " description GE0/0/1", "interface GE0/0/2", " description GE0/0/2"),
        (),
    ),
    "what there is none of is left out with all below it": (
        "interface <接入口>\n port access\ninterface <Trunk口>\n port trunk\nsave",
        Values(several=(({"Trunk口": "GE0/0/1"},),), none=frozenset({"接入口"})),
        ("interface GE0/0/1", " port trunk", "save"),
        (),
    ),
    "a group nobody knows": (
        VTY,
        Values(several=((), NETWORKS)),
        tuple(VTY.splitlines()),
        ("起始编号", "结束编号"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_filling(name: str) -> None:
    text, values, lines, left = CASES[name]
    assert filled(text, values) == Filled(lines, left)


PIECES = {
    "for whatever was found": ("a\n b", [("", "a\n b")]),
    "for one object each": (
        "（针对“甲”）\na\n（针对“乙”）\ninterface <接口>\n b",
        [("甲", "（针对“甲”）\na"), ("乙", "（针对“乙”）\ninterface <接口>\n b")],
    ),
    "any other remark ends it": (
        "first\n（针对“甲”）\na\n（以上完成后）\ncommit",
        [("", "first"), ("甲", "（针对“甲”）\na"), ("", "（以上完成后）\ncommit")],
    ),
    "nothing": ("", []),
}


@pytest.mark.parametrize("name", PIECES)
def test_a_remedy_says_for_which_object_its_pieces_are(name: str) -> None:
    text, pieces = PIECES[name]
    assert list(by_object(text)) == pieces


NAMES = st.sampled_from(["接口", "用户", "ACL编号", "起始编号"])
TEXTS = st.lists(
    st.tuples(st.integers(0, 2), st.lists(NAMES, max_size=2)).map(
        lambda made: " " * made[0] + "set " + " ".join(f"<{name}>" for name in made[1])
    ),
    max_size=6,
).map("\n".join)


@given(TEXTS, st.dictionaries(NAMES, st.from_regex(r"[a-z0-9/]{1,9}", fullmatch=True)))
def test_all_that_is_known_is_filled_in_and_nothing_else_is_changed(text: str, known: dict[str, str]) -> None:
    made = filled(text, Values(known))
    assert set(made.left) == set(PLACEHOLDER.findall(text)) - known.keys()
    for before, after in zip(text.splitlines(), made.lines, strict=True):
        for name, value in known.items():
            before = before.replace(f"<{name}>", value)
        assert after == before


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("a", "b"), ("a", "b")),
        (("block", " in it", "next"), ("block", " in it", "quit", "next")),
        (("block", " in it"), ("block", " in it", "quit")),
        (("block", " in it", "quit", "next"), ("block", " in it", "quit", "next")),
        (("block", " in it", "  deeper", "next"), ("block", " in it", "  deeper", "quit", "next")),
    ],
)
def test_blocks_are_left(lines: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert stepping_back(lines, "quit") == expected
    assert stepping_back(lines, "") == lines
