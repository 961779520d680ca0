"""Several feeds on one problem: one advisory, and from where each of its fields is."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from baselines.advisories.importing import import_files
from baselines.advisory import Advisory
from tests.baselines.advisories.feeds import CSAF, NVD11, NVD20, put

NOW = datetime(2026, 11, 1, 8, 0, 0, tzinfo=UTC)


def merged(data: Path, *files: Path) -> list[Advisory]:
    bundle = import_files(files, data, now=NOW, tool_version="0").bundle
    return [*bundle.advisories(), *bundle.others()]


@pytest.mark.parametrize("backwards", [False, True])
def test_numbers_of_one_problem_collapse(tmp_path: Path, *, backwards: bool) -> None:
    files = [put(tmp_path, form) for form in ("nvd11", "nvd20", "cnvd", "own_yaml", "kev", "epss")]
    (found,) = merged(tmp_path / "data", *(reversed(files) if backwards else files))
    assert found.id == "XJ-2026-1"
    assert set(found.aliases) == {"CVE-2026-90002", "CNVD-2026-90005"}
    assert (found.title, found.severity) == ("（虚构）S5700 拒绝服务", "高")
    assert {score.version for score in found.scores} == {"2.0", "3.1", "4.0"}
    assert found.cvss == 8.7
    assert found.kev is not None
    assert (found.kev.added, found.kev.due) == (date(2026, 3, 15), date(2026, 4, 5))
    assert found.epss is not None
    assert found.epss.probability == 0.0432
    assert (found.published, found.updated) == (date(2026, 2, 1), date(2026, 2, 20))
    assert {product.name for product in found.products} == {"S5700", "CloudEngine 12800"}


def test_each_field_says_where_it_is_from(tmp_path: Path) -> None:
    (found,) = merged(tmp_path / "data", *(put(tmp_path, form) for form in ("nvd20", "cnvd", "own_yaml")))
    origins = dict(found.origins)
    assert [origin.source for origin in origins["title"]] == ["自有公告（虚构）"]
    assert [origin.source for origin in origins["summary"]] == ["CNVD（国家信息安全漏洞共享平台）"]
    (product,) = (each for each in found.products if each.name == "S5700")
    assert {each.origin.source for each in product.affected if each.origin} == {
        "自有公告（虚构）",
        "NVD（JSON 2.0）",
        "CNVD（国家信息安全漏洞共享平台）",
    }


def test_what_sources_say_differently_is_kept_as_a_conflict(tmp_path: Path) -> None:
    (found,) = merged(tmp_path / "data", *(put(tmp_path, form) for form in ("nvd20", "cnvd", "own_yaml")))
    between = [each for each in found.conflicts if each.field == "affected" and each.product == "S5700"]
    assert len(between[0].said) == 3
    (severity,) = (each for each in found.conflicts if each.field == "severity")
    assert {said.value for said in severity.said} == {"高", "中"}


def test_two_cves_of_one_bulletin_stay_two(tmp_path: Path) -> None:
    more = CSAF["vulnerabilities"][0] | {"cve": "CVE-2026-90013"}
    file = put(tmp_path, "csaf", CSAF | {"vulnerabilities": [*CSAF["vulnerabilities"], more]})
    assert {each.id for each in merged(tmp_path / "data", file)} == {"CVE-2026-90003", "CVE-2026-90013"}


def test_a_record_with_several_cves_does_not_put_them_together(tmp_path: Path) -> None:
    cnvd = put(tmp_path, "cnvd")
    both = "<cveNumber>CVE-2026-90002</cveNumber></cve><cve><cveNumber>CVE-2026-90009</cveNumber>"
    cnvd.write_text(cnvd.read_text("utf-8").replace("<cveNumber>CVE-2026-90002</cveNumber>", both), "utf-8")
    found = merged(tmp_path / "data", cnvd, put(tmp_path, "nvd20"))
    assert {each.id for each in found} == {"CNVD-2026-90005", "CVE-2026-90002"}


def test_the_same_cve_in_two_documents_is_kept_of_both(tmp_path: Path) -> None:
    def document(number: str) -> Path:
        about = CSAF["document"] | {"tracking": CSAF["document"]["tracking"] | {"id": number}}
        other = CSAF["vulnerabilities"][0] | {"cve": f"CVE-2026-8{number[-4:]}"}
        content = CSAF | {"document": about, "vulnerabilities": [*CSAF["vulnerabilities"], other]}
        return put(tmp_path, "csaf", content, name=number)

    found = merged(tmp_path / "data", document("EX-SA-1001"), document("EX-SA-1002"))
    (both,) = (each for each in found if each.id == "CVE-2026-90003")
    assert set(both.part_of) == {"EX-SA-1001", "EX-SA-1002"}


def test_imported_again_a_record_takes_the_place_of_its_older_self(tmp_path: Path) -> None:
    data = tmp_path / "data"
    newer = NVD20 | {"lastModified": "2026-09-09T00:00:00.000", "vulnStatus": "Modified", "descriptions": []}
    old, new = put(tmp_path, "nvd20"), put(tmp_path, "nvd20", newer, name="newer")
    first = import_files([old], data, now=NOW, tool_version="0")
    second = import_files([new], data, now=NOW.replace(hour=9), tool_version="0")
    third = import_files([old], data, now=NOW.replace(hour=10), tool_version="0")
    assert [(each.new, each.changed, each.same) for each in (first, second, third)] == [
        (1, 0, 0),
        (0, 1, 0),
        (0, 0, 0),
    ]
    assert third.reasons == {"older than the record that is held": 1}
    (found,) = third.bundle.advisories()
    assert (found.updated, found.summary) == (date(2026, 9, 9), "")


def test_kev_that_came_first_finds_the_advisory_that_comes_later(tmp_path: Path) -> None:
    data = tmp_path / "data"
    import_files([put(tmp_path, "kev")], data, now=NOW, tool_version="0")
    later = import_files([put(tmp_path, "nvd11", NVD11)], data, now=NOW.replace(hour=9), tool_version="0")
    (found,) = later.bundle.advisories()
    assert found.kev is not None
    assert found.kev.added == date(2026, 3, 15)
