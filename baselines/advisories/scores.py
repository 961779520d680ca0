"""CVSS vectors and scores as feeds give them: the vector decides, and a number that differs is told."""

from collections.abc import Iterable

from baselines.advisory import CvssVersion, Origin, Score, Severity

_LOWEST: tuple[tuple[float, Severity], ...] = ((9.0, "严重"), (7.0, "高"), (4.0, "中"), (0.0, "低"))
_WORDS: dict[str, Severity] = {
    "critical": "严重",
    "important": "高",
    "high": "高",
    "medium": "中",
    "moderate": "中",
    "low": "低",
    "严重": "严重",
    "超危": "严重",
    "高": "高",
    "高危": "高",
    "中": "中",
    "中危": "中",
    "低": "低",
    "低危": "低",
}


def score(
    base: float | None,
    vector: str,
    origin: Origin,
    *,
    by: str = "",
    by_vendor: bool = False,
    version: str = "",
) -> Score | None:
    """Make a score of a vector, of a number, or of both; None where neither says anything.

    A vector that the library cannot read is kept as it is with the number beside it.
    """
    kind = _kind(vector, version)
    if base is None or not 0 <= base <= 10:
        base = _computed(vector, kind)
    if base is None:
        return None
    return Score(version=kind, base=base, vector=vector, by=by, by_vendor=by_vendor, origin=origin)


def _kind(vector: str, version: str) -> CvssVersion | None:
    for known in ("4.0", "3.1", "3.0"):
        if vector.startswith(f"CVSS:{known}/") or version == known:
            return known
    if vector.startswith(("AV:", "(AV:")) or version.startswith("2"):
        return "2.0"
    return None


def _computed(vector: str, kind: CvssVersion | None) -> float | None:
    """Work a base score out of its vector; None where that is none."""
    from cvss import CVSS2, CVSS3, CVSS4
    from cvss.exceptions import CVSSError

    try:
        match kind:
            case "4.0":
                return float(CVSS4(vector).base_score)
            case "3.0" | "3.1":
                return float(CVSS3(vector).base_score)
            case "2.0":
                return float(CVSS2(vector.strip("()")).base_score)
    except CVSSError:
        return None
    return None


def severity(word: str, scores: Iterable[Score] = ()) -> Severity:
    """Give the source's word as ours, else what the score that counts most means; else 未定."""
    if (known := _WORDS.get(word.strip().lower())) is not None:
        return known
    best = max(scores, key=lambda each: (each.version or "", each.by_vendor, each.base), default=None)
    if best is None:
        return "未定"
    return next(name for lowest, name in _LOWEST if best.base >= lowest)


def remote(scores: Iterable[Score]) -> bool | None:
    """Whether a vector says that it can be triggered over the network; None where no vector does."""
    vectors = [each.vector for each in scores if "AV:" in each.vector]
    if not vectors:
        return None
    return any("AV:N" in vector for vector in vectors)
