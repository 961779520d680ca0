from checks.manual import PATH, page
from checks.registry import CHECKS


def test_the_page_in_docs_is_up_to_date() -> None:
    assert PATH.read_text("utf-8") == page(), "run python -m checks.manual"


def test_the_page_has_every_check_once() -> None:
    lines = page().splitlines()
    assert [sum(line.startswith(f"### {check.id} ") for line in lines) for check in CHECKS] == [1] * len(
        CHECKS
    )
