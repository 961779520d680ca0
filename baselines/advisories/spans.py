r"""Version statements of feeds, made what matching knows: lists, ranges and fixes on two axes.

How they are read:
- a Huawei version without SPC in a list of affected ones is the whole branch with its SPCs, as the
  vendor's own lists mean it; a version with SPC, and any other maker's, is that build alone;
- a patch number bounds the patches of its own V, R (and C), never base versions of another release;
- what is no version of the maker stays as a condition in its own words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

from baselines.advisory import Affected, Bound, Fix, Origin
from parsers.versions import VersionError, find_patch, parse_version

_HUAWEI = "huawei_vrp"
_BRANCH = re.compile(r"V\d{1,4}R\d{1,3}(C\d{1,3})?(PWE|T|S)?", re.ASCII | re.IGNORECASE)
_PATCH_BASE = re.compile(r"(V\d{1,3}R\d{1,3}(?:C\d{1,3})?)(?:SPH|HP|CP)", re.ASCII | re.IGNORECASE)
_OLDER = "公告只给出补丁编号，更早的版本是否受影响没有明说"
NO_VERSION = frozenset(("", "-", "*", "n/a", "null", "none", "unspecified", "unknown", "无", "不详"))
"""What feeds write where they know no version."""
_EVERY = frozenset(("*", "all", "all versions", "vers:all/*", "any", "所有版本", "全部版本"))


def tidy(schemes: Sequence[str], text: str) -> str:
    r"""Spell a version as its maker does: `v200r007c00spca00` of a CPE is `V200R007C00SPCa00`."""
    plain = text.replace("\\", "").strip()
    if _HUAWEI in schemes and re.match(r"V\d", plain, re.IGNORECASE):
        return re.sub(r"(?<=SPC)[A-Z](?=\d)", lambda m: m[0].lower(), plain.upper())
    if "h3c_comware" in schemes:
        plain = re.sub(r"v?\d{3}r\d{3}(?:l\d{2})?", lambda m: m[0].upper(), plain, flags=re.IGNORECASE)
        return re.sub(r"\b([rf])(?=\d{4})|(?<=\d)p(?=\d{2})", lambda m: m[0].upper(), plain)
    if "inos_cn" in schemes:
        return re.sub(r"(?<=\))[a-z]+(?=\d*(\(|$))", lambda m: m[0].upper(), plain)
    return plain


def is_base(schemes: Sequence[str], text: str) -> bool:
    """Whether a text is a version by one of these schemes; by none, any text is taken for one."""
    return not schemes or any(_parses(scheme, text) for scheme in schemes)


def is_patch(schemes: Sequence[str], text: str) -> bool:
    """Whether a text is a patch number on an axis of its own."""
    return any(find_patch(scheme, text) is not None for scheme in schemes)


def is_single(schemes: Sequence[str], text: str) -> bool:
    """Whether a text is one version or patch and no words, comparison or several."""
    said = tidy(schemes, text)
    if schemes:
        return is_patch(schemes, said) or is_base(schemes, said)
    words = said.lower() in NO_VERSION | _EVERY or said.lower().startswith("vers:")
    return not (words or _COMPARED.match(said) or _COMPARES.search(said) or " " in said)


def _parses(scheme: str, text: str) -> bool:
    try:
        parse_version(scheme, text)
    except VersionError:
        return False
    return True


def listed(
    schemes: Sequence[str],
    texts: Iterable[str],
    origin: Origin,
    *,
    inferred: bool = False,
    condition: str = "",
) -> Iterator[Affected]:
    """Make one statement of a list of versions, one of each patch in it, and one of what is neither."""
    builds: dict[str, None] = {}
    branches: dict[str, None] = {}
    odd: dict[str, None] = {}
    patches: list[Affected] = []
    for text in texts:
        said = tidy(schemes, text)
        if said.lower() in NO_VERSION:
            continue
        if is_patch(schemes, said):
            patches.append(_exactly(said, origin, inferred=inferred, condition=condition))
        elif not is_base(schemes, said):
            odd[said] = None
        elif _is_branch(schemes, said):
            branches[said] = None
        else:
            builds[said] = None
    if builds or branches:
        yield Affected(
            builds=tuple(builds),
            branches=tuple(branches),
            condition=condition,
            text="、".join((*branches, *builds)) if len(builds) + len(branches) == 1 else "",
            inferred=inferred,
            origin=origin,
        )
    yield from patches
    if odd:
        text = "、".join(odd)
        words = "；".join(part for part in (text, condition) if part)
        yield Affected(text=text, condition=words, inferred=inferred, origin=origin)


def _exactly(patch: str, origin: Origin, *, inferred: bool, condition: str) -> Affected:
    """A list member that is a patch: with exactly that one."""
    end = Bound(patch, inclusive=True)
    return Affected(
        branches=_base_of_patch(patch),
        patch_from=end,
        patch_to=end,
        text=patch,
        condition=condition,
        inferred=inferred,
        origin=origin,
    )


def everything(origin: Origin, text: str = "", condition: str = "") -> Affected:
    """All versions."""
    return Affected(every=True, text=text, condition=condition, origin=origin)


def ranged(
    schemes: Sequence[str],
    low: Bound | None,
    high: Bound | None,
    origin: Origin,
    *,
    text: str = "",
    inferred: bool = False,
    condition: str = "",
) -> tuple[Affected, ...]:
    """Make a range of two ends, each on its own axis; an end that is no version becomes a condition.

    A Huawei range that ends with a C release, itself included, takes in the SPCs of that release. One that
    ends with a patch alone says nothing certain of releases below that of the patch.
    """
    odd: list[str] = [condition] if condition else []
    base_from, patch_from = _sorted_out(schemes, low, odd)
    base_to, patch_to = _sorted_out(schemes, high, odd)
    branches: tuple[str, ...] = ()
    if patch_to is not None:
        branches = _base_of_patch(patch_to.version)
        if base_from is not None:
            # "V200R002C00 before V200R003SPH011": that base, until it carries a patch that has another R.
            branches, base_from = (base_from.version,), None
    said = Affected(
        branches=branches,
        base_from=base_from,
        base_to=base_to,
        patch_from=patch_from,
        patch_to=patch_to,
        condition="；".join(odd),
        text=text,
        inferred=inferred,
        origin=origin,
    )
    if base_to is not None and base_to.inclusive and _is_branch(schemes, base_to.version):
        return said, replace(said, base_from=None, base_to=None, branches=(base_to.version,))
    if low is None and patch_to is not None and branches:
        older = Bound(branches[0], inclusive=False)
        vague = replace(
            said,
            branches=(),
            patch_to=None,
            base_to=older,
            condition="；".join((*odd, _OLDER)),
            inferred=True,
        )
        return said, vague
    return (said,)


def _is_branch(schemes: Sequence[str], version: str) -> bool:
    return _HUAWEI in schemes and _BRANCH.fullmatch(version) is not None


def _sorted_out(
    schemes: Sequence[str], bound: Bound | None, odd: list[str]
) -> tuple[Bound | None, Bound | None]:
    """Tell whether an end bounds bases or patches; what it is none of goes to the conditions."""
    if bound is None:
        return None, None
    said = Bound(tidy(schemes, bound.version), bound.inclusive)
    if is_patch(schemes, said.version):
        return None, said
    if is_base(schemes, said.version):
        return said, None
    odd.append(said.version)
    return None, None


def _base_of_patch(patch: str) -> tuple[str, ...]:
    match = _PATCH_BASE.match(patch)
    return (match[1].upper(),) if match else ()


def fix(
    schemes: Sequence[str],
    text: str,
    origin: Origin,
    *,
    for_bases: tuple[str, ...] = (),
    inferred: bool = False,
    recommended: bool = False,
) -> Fix:
    """Make a fix of its version; `base+patch` needs both, and a text that is none stays a text."""
    base = patch = None
    for part in text.split("+"):
        said = tidy(schemes, part)
        if is_patch(schemes, said):
            patch = said
        elif said and is_base(schemes, said):
            base = said
    words = "+".join(tidy(schemes, part) for part in text.split("+"))
    return Fix(
        base=base,
        patch=patch,
        for_bases=for_bases,
        text=words,
        inferred=inferred,
        recommended=recommended,
        origin=origin,
    )


# --- ranges as people and vers strings write them ------------------------------------------------

_SIGN = r"<=|>=|<|>|≤|≥|＜|＞|小于等于|大于等于|小于|低于|大于|高于"
_PACK = r"(?:\s+(?:upd(?:ate)?|sp|hf|patch)\s?\d+)*"
"""What some makers write behind a number, parted by a blank: it is a piece of the version."""
_COMPARED = re.compile(rf"({_SIGN}|=)\s*([^\s<>=≤≥＜＞|,，]+{_PACK})", re.IGNORECASE)
_COMPARES = re.compile(rf"(?:{_SIGN})\s*\S")
_SIGNS = {"≤": "<=", "≥": ">=", "＜": "<", "＞": ">", "小于等于": "<=", "大于等于": ">=", "小于": "<"}
_SIGNS |= {"低于": "<", "大于": ">", "高于": ">"}
_EARLIER = r"(?:earlier|prior|before|below|lower)(?:\s+versions?)?"
_LATER = r"(?:later|above|after|newer|higher)(?:\s+versions?)?"
_WORDED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"^{pattern}$", re.IGNORECASE), sign)
    for pattern, sign in (
        (rf"(?P<v>\S(?:.*?\S)??)\s*\(?(?:and|or)\s+{_EARLIER}\)?", "<="),
        (r"(?P<v>\S+?)\s*[(（]?(?:及|和|或)(?:其)?(?:以前|之前|更早|以下)(?:的?版本)?[)）]?", "<="),
        (rf"(?P<v>\S(?:.*?\S)??)\s*\(?(?:and|or)\s+{_LATER}\)?", ">="),
        (r"(?P<v>\S+?)\s*[(（]?(?:及|和|或)(?:其)?(?:以后|之后|更高|以上)(?:的?版本)?[)）]?", ">="),
        (r"(?P<v>\S+?)\s*(?:以前|之前)(?:的?版本)?", "<"),
        (r"(?:versions?\s+)?(?:before|prior to|earlier than|lower than|below|早于|低于)\s*(?P<v>\S+)", "<"),
    )
)
_THROUGH = re.compile(
    r"^(?P<a>[^\s~～至到]+)(?:\s*(?:~|～|至|到)\s*|\s+(?:through|thru|to)\s+)(?P<b>\S+)$", re.IGNORECASE
)


def spoken(schemes: Sequence[str], text: str, origin: Origin, condition: str = "") -> tuple[Affected, ...]:
    """Read what stands in a version's place: one version, a vers string, a comparison, words.

    Whatever follows a comparison stays as a condition; what cannot be read at all is one.
    """
    said = " ".join(text.split())
    if said.lower() in _EVERY:
        return (everything(origin, said, condition),)
    if said.lower() in NO_VERSION:
        return ()
    if (
        _HUAWEI in schemes
        and len(parts := [part for part in re.split(r"[,，、;；]", said) if part.strip()]) > 1
    ):
        return _several(schemes, parts, origin, condition)
    for pattern, sign in _WORDED:
        if match := pattern.match(said):
            bound = Bound(match["v"], inclusive="=" in sign)
            low, high = (bound, None) if sign.startswith(">") else (None, bound)
            return ranged(schemes, low, high, origin, text=said, condition=condition)
    if match := _THROUGH.match(said):
        ends = Bound(match["a"], inclusive=True), Bound(match["b"], inclusive=True)
        return ranged(schemes, *ends, origin, text=said, condition=condition)
    if said.lower().startswith("vers:"):
        return _vers(schemes, said, origin, condition)
    if _COMPARED.match(said) or _COMPARES.search(said):
        return _constraints(schemes, said, said, origin, condition)
    return tuple(listed(schemes, [said], origin, condition=condition))


def _several(
    schemes: Sequence[str], parts: Sequence[str], origin: Origin, condition: str
) -> tuple[Affected, ...]:
    """A list in one text: plain versions together, each wording on its own."""
    plain = [part for part in parts if is_single(schemes, part)]
    worded = (
        each for part in parts if part not in plain for each in spoken(schemes, part, origin, condition)
    )
    return (*listed(schemes, plain, origin, condition=condition), *worded)


def _vers(schemes: Sequence[str], said: str, origin: Origin, condition: str) -> tuple[Affected, ...]:
    """Read a vers string, also where it lacks its bars or its scheme allows no comparison."""
    parts = [unquote(part).strip() for part in said.partition("/")[2].split("|")]
    compared = [part for part in parts if _COMPARED.match(part)]
    excluded = [part for part in parts if part.startswith("!=")]
    bare = [part for part in parts if part not in compared and part not in excluded]
    words = "；".join((*([condition] if condition else []), *excluded))
    ranges = _constraints(schemes, " ".join(compared), said, origin, words) if compared else ()
    return (*listed(schemes, bare, origin, condition=words), *ranges)


def _constraints(
    schemes: Sequence[str], body: str, said: str, origin: Origin, condition: str
) -> tuple[Affected, ...]:
    """Pair lower and upper ends in their order; what stands between and after them is a condition."""
    found: list[Affected] = []
    low: Bound | None = None
    last = 0
    left: list[str] = [condition] if condition else []
    ends: list[tuple[Bound | None, Bound | None]] = []
    for match in _COMPARED.finditer(body):
        left += [tail for tail in [body[last : match.start()].strip(" |,，&")] if tail]
        last = match.end()
        sign, version = _SIGNS.get(match[1], match[1]), match[2]
        bound = Bound(version, inclusive="=" in sign)
        if sign.startswith(">"):
            if low is not None:
                ends.append((low, None))
            low = bound
        elif sign.startswith("<"):
            ends.append((low, bound))
            low = None
        else:
            found += listed(schemes, [version], origin)
    if low is not None:
        ends.append((low, None))
    left += [tail for tail in [body[last:].strip(" |,，&")] if tail]
    words = "；".join(left)
    ranges = [each for pair in ends for each in ranged(schemes, *pair, origin, text=said, condition=words)]
    return (*found, *ranges) or (Affected(text=said, condition=words or said, origin=origin),)
