"""Each form, in small files of our own: what comes out of it, field by field."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from baselines.advisories.detection import format_of, open_feed
from baselines.advisories.errors import AdvisoryError
from baselines.advisories.reading import Enrichment, Skipped
from baselines.advisory import Advisory, Bound
from tests.baselines.advisories.feeds import ALL, CSAF, CVE5, NVD11, NVD20, TABLE, put


def advisories(path: Path) -> list[Advisory]:
    found = list(open_feed(path).records)
    assert all(isinstance(each, Advisory) for each in found), found
    return [each for each in found if isinstance(each, Advisory)]


def only(path: Path) -> Advisory:
    (advisory,) = advisories(path)
    return advisory


@pytest.mark.parametrize("form", ALL)
def test_a_form_is_known_by_what_is_in_the_file(tmp_path: Path, form: str) -> None:
    assert format_of(put(tmp_path, form)) == form


def test_cve_5(tmp_path: Path) -> None:
    found = only(put(tmp_path, "cve5"))
    assert (found.id, found.title, found.vendor) == ("CVE-2026-90001", "Fictional flaw in OSPF", "华为")
    (product,) = found.products
    assert (product.name, product.vendor, product.complete) == ("CloudEngine 6800", "huawei", True)
    ranged, listed = product.affected
    assert listed.builds == ("V200R019C10SPC800",)
    assert ranged.base_from == Bound("V200R020C00", inclusive=True)
    assert ranged.base_to == Bound("V200R020C10SPC600", inclusive=False)
    assert [fix.base for fix in product.fixed] == ["V200R020C10SPC600"]
    assert (found.cvss, found.severity, found.remote) == (7.5, "高", True)
    assert found.feature is not None
    assert found.feature.detail == "OSPF must be enabled."
    assert [each.text for each in found.workarounds] == ["Enable OSPF authentication."]
    assert found.part_of == ("huawei-sa-20260301-01-ospf",)
    assert found.ssvc is not None
    assert (found.ssvc.exploitation, found.ssvc.automatable, found.ssvc.day) == (
        "poc",
        "no",
        date(2026, 3, 5),
    )
    assert found.kev is not None
    assert found.kev.added == date(2026, 3, 20)
    assert (found.published, found.updated) == (date(2026, 3, 1), date(2026, 4, 2))


def cve5_with(product: str, texts: list[str], legacy: list[str] | None = None) -> dict[str, object]:
    cna = CVE5["containers"]["cna"] | {
        "affected": [
            {
                "vendor": "n/a",
                "product": product,
                "versions": [{"version": text, "status": "affected"} for text in texts],
            }
        ]
    }
    if legacy is not None:
        data = {"product_name": product, "version": {"version_data": [{"version_value": v} for v in legacy]}}
        cna["x_legacyV4Record"] = {
            "affects": {"vendor": {"vendor_data": [{"product": {"product_data": [data]}}]}}
        }
    return CVE5 | {"containers": {"cna": cna}}


A, B = "V200R008C00", "V200R010C00SPC300,V200R011C10"


def test_joined_products_are_paired_where_the_older_form_has_one_text_for_each(tmp_path: Path) -> None:
    record = cve5_with("S5700;S6700;S7700", [A, B], [A, B, A])
    products = {p.name: p for p in only(put(tmp_path, "cve5", record)).products}
    assert {name: each.affected[0].branches for name, each in products.items()} == {
        "S5700": ("V200R008C00",),
        "S6700": ("V200R011C10",),
        "S7700": ("V200R008C00",),
    }
    assert products["S6700"].affected[0].builds == ("V200R010C00SPC300",)
    assert not any(each.condition for product in products.values() for each in product.affected)


@pytest.mark.parametrize("legacy", [None, [A, B], [A, A, A]])
def test_joined_products_are_not_paired_by_guess(tmp_path: Path, legacy: list[str] | None) -> None:
    for product in only(put(tmp_path, "cve5", cve5_with("S5700;S6700;S7700", [A, B], legacy))).products:
        (said,) = product.affected
        assert (said.branches, said.builds) == (("V200R008C00", "V200R011C10"), ("V200R010C00SPC300",))
        assert "没有说明哪个产品对应哪些版本" in said.condition


def test_joined_products_with_one_text_have_it_all(tmp_path: Path) -> None:
    for product in only(put(tmp_path, "cve5", cve5_with("S5700;S6700", [B]))).products:
        (said,) = product.affected
        assert (said.branches, said.condition) == (("V200R011C10",), "")


def test_texts_that_name_their_product_pair_it_themselves(tmp_path: Path) -> None:
    texts = ["S5700 V200R008C00", "S6700 V200R010C00SPC300,V200R011C10"]
    one, other = only(put(tmp_path, "cve5", cve5_with("S5700;S6700", texts))).products
    assert [(each.branches, each.condition) for each in one.affected] == [(("V200R008C00",), "")]
    assert [(each.builds, each.branches, each.condition) for each in other.affected] == [
        (("V200R010C00SPC300",), ("V200R011C10",), "")
    ]


def test_a_text_with_a_range_pairs_nothing(tmp_path: Path) -> None:
    texts = ["S5700 V200R008C00", "S6700 before V200R010C00SPC300"]
    products = only(put(tmp_path, "cve5", cve5_with("S5700;S6700", texts))).products
    assert all(each.condition or each.inferred for product in products for each in product.affected)


def test_products_joined_by_words_are_told_apart_where_all_are_series(tmp_path: Path) -> None:
    products = only(put(tmp_path, "cve5", cve5_with("S12700, S7700 and S9700", [A]))).products
    assert [(p.name, p.affected[0].branches) for p in products] == [
        ("S12700", ("V200R008C00",)),
        ("S7700", ("V200R008C00",)),
        ("S9700", ("V200R008C00",)),
    ]


def test_changes_on_the_way_end_a_range_and_name_the_fix(tmp_path: Path) -> None:
    version = {
        "version": "9.2(1)",
        "lessThan": "*",
        "status": "affected",
        "changes": [{"at": "9.3(5)", "status": "unaffected"}, {"at": "10.1(1)", "status": "affected"}],
    }
    entry = {"vendor": "Cisco", "product": "Cisco NX-OS Software", "versions": [version]}
    record = CVE5 | {"containers": {"cna": CVE5["containers"]["cna"] | {"affected": [entry]}}}
    (product,) = only(put(tmp_path, "cve5", record)).products
    first, second = product.affected
    assert first.base_from == Bound("9.2(1)", inclusive=True)
    assert first.base_to == Bound("9.3(5)", inclusive=False)
    assert (second.base_from, second.base_to) == (Bound("10.1(1)", inclusive=True), None)
    assert [fix.base for fix in product.fixed] == ["9.3(5)"]


def test_what_is_not_affected_by_default_and_what_is(tmp_path: Path) -> None:
    entry = {
        "vendor": "H3C",
        "product": "S6520X-EI",
        "defaultStatus": "affected",
        "versions": [{"version": "R6616P05", "status": "unaffected"}],
    }
    record = CVE5 | {"containers": {"cna": CVE5["containers"]["cna"] | {"affected": [entry]}}}
    (product,) = only(put(tmp_path, "cve5", record)).products
    assert [each.every for each in product.affected] == [True]
    assert [each.builds for each in product.unaffected] == [("R6616P05",)]


def test_nvd_2(tmp_path: Path) -> None:
    found = only(put(tmp_path, "nvd20"))
    (product,) = found.products
    assert (product.name, product.on) == ("S5700", ())
    by_name, by_text = product.affected
    assert by_name.base_from == Bound("V200R013C00", inclusive=True)
    assert by_name.base_to == Bound("V200R019C00SPC500", inclusive=True)
    assert (by_text.base_to, by_text.inferred) == (Bound("V200R019C10SPC500", inclusive=False), True)
    assert [(fix.base, fix.inferred) for fix in product.fixed] == [("V200R019C10SPC500", True)]
    (conflict,) = found.conflicts
    assert (conflict.field, "V200R019C10SPC500" in conflict.said[0].value) == ("affected", True)
    assert (found.cvss, found.score and found.score.by) == (8.7, "psirt@example.com")
    assert found.remote is True


def test_what_nvd_has_not_analysed_has_the_products_of_the_cve_record(tmp_path: Path) -> None:
    entry = {
        "vendor": "n/a",
        "product": "S5700;S6700",
        "versions": [{"version": "V200R019C00SPC500", "status": "affected"}],
    }
    more = {"affected": [{"source": "psirt@huawei.com", "affectedData": [entry]}], "configurations": []}
    record = NVD20 | more | {"sourceIdentifier": "psirt@huawei.com", "descriptions": []}
    found = only(put(tmp_path, "nvd20", record)).products
    assert [(p.name, p.vendor, p.affected[0].builds) for p in found] == [
        ("S5700", "huawei", ("V200R019C00SPC500",)),
        ("S6700", "huawei", ("V200R019C00SPC500",)),
    ]


def test_nvd_1(tmp_path: Path) -> None:
    found = only(put(tmp_path, "nvd11"))
    (product,) = found.products
    (said,) = product.affected
    assert (said.builds, said.branches) == (("V200R013C00SPC500",), ("V200R019C00",))
    assert (found.cvss, found.score and found.score.version) == (7.8, "2.0")


def test_a_whole_nvd_feed_is_read_record_by_record(tmp_path: Path) -> None:
    feed = {
        "CVE_data_type": "CVE",
        "CVE_data_timestamp": "2026-06-01T07:00Z",
        "CVE_Items": [NVD11, {"cve": 3}],
    }
    opened = open_feed(put(tmp_path, "nvd11", feed))
    good, bad = opened.records
    assert isinstance(good, Advisory)
    assert bad == Skipped("CVE_Items.1", "CVE_Items.1.cve: value 3: must be an object")
    assert opened.as_of == date(2026, 6, 1)


def test_a_rejected_number_is_counted_with_its_reason(tmp_path: Path) -> None:
    (record,) = open_feed(put(tmp_path, "nvd20", NVD20 | {"vulnStatus": "Rejected"})).records
    assert record == Skipped("CVE-2026-90002", "the number was rejected or withdrawn")


def test_firmware_of_a_whole_line_runs_on_its_hardware(tmp_path: Path) -> None:
    def names(vulnerable: bool, *cpes: str) -> dict[str, object]:
        entries = [{"vulnerable": vulnerable, "criteria": f"cpe:2.3:{cpe}:*:*:*:*:*:*"} for cpe in cpes]
        return {"operator": "OR", "cpeMatch": entries}

    software = names(True, r"o:cisco:nx-os:9.3\(5\):*")
    hardware = names(False, "h:cisco:nexus_3048:-:*", "h:cisco:nexus_9372px:-:*")
    record = NVD20 | {
        "configurations": [{"operator": "AND", "nodes": [software, hardware]}],
        "descriptions": [],
    }
    (product,) = only(put(tmp_path, "nvd20", record)).products
    assert (product.name, product.vendor) == ("nx-os", "cisco")
    assert product.on == ("nexus 3048", "nexus 9372px")
    assert product.affected[0].builds == ("9.3(5)",)


def test_csaf_keeps_the_tail_of_a_range_as_a_condition(tmp_path: Path) -> None:
    found = only(put(tmp_path, "csaf"))
    assert (found.id, found.aliases) == ("EX-SA-2026-7", ("CVE-2026-90003",))
    (product,) = found.products
    (said,) = product.affected
    assert (said.base_from, said.base_to) == (
        Bound("R6510", inclusive=True),
        Bound("R6616P05", inclusive=False),
    )
    assert said.condition == "only in IRF mode"
    assert said.text == "vers:all/>=R6510<R6616P05 only in IRF mode"
    assert [each.builds for each in product.unaffected] == [("R6616P05",)]
    assert [fix.base for fix in product.fixed] == ["R6616P05"]
    assert [(w.text, w.products) for w in found.workarounds] == [("Do not use it.", ("S6520X-EI",))]
    assert (found.remote, found.severity) == (False, "中")


def test_several_vulnerabilities_of_a_document_are_as_many_advisories(tmp_path: Path) -> None:
    more = CSAF["vulnerabilities"][0] | {"cve": "CVE-2026-90013"}
    first, second = advisories(
        put(tmp_path, "csaf", CSAF | {"vulnerabilities": [*CSAF["vulnerabilities"], more]})
    )
    assert [(each.id, each.aliases, each.part_of) for each in (first, second)] == [
        ("CVE-2026-90003", (), ("EX-SA-2026-7",)),
        ("CVE-2026-90013", (), ("EX-SA-2026-7",)),
    ]


def test_csaf_branches_that_lead_nowhere_are_an_error_with_its_place(tmp_path: Path) -> None:
    relation = {"category": "installed_on", "product_reference": "P9", "relates_to_product_reference": "P1"}
    tree = CSAF["product_tree"] | {
        "relationships": [relation | {"full_product_name": {"product_id": "P3", "name": "x"}}]
    }
    with pytest.raises(AdvisoryError, match=r"product_tree.relationships.0: names a product that"):
        open_feed(put(tmp_path, "csaf", CSAF | {"product_tree": tree}))


def test_cvrf(tmp_path: Path) -> None:
    found = only(put(tmp_path, "cvrf"))
    assert (found.id, found.aliases, found.title) == ("EX-SA-2026-8", ("CVE-2026-90004",), "Fictional flaw")
    (product,) = found.products
    assert [each.builds for each in product.affected] == [("9.3(5)",)]
    assert [fix.base for fix in product.fixed] == ["9.3(9)"]
    assert (found.cvss, found.score and found.score.version) == (8.6, "3.0")


def test_cnvd(tmp_path: Path) -> None:
    found = only(put(tmp_path, "cnvd"))
    assert (found.id, found.aliases, found.severity) == ("CNVD-2026-90005", ("CVE-2026-90002",), "中")
    one, other = found.products
    assert (one.name, one.no_fix, other.name, other.affected) == ("S5700", True, "CloudEngine 12800", ())
    listed, ranged = one.affected
    assert listed.branches == ("V200R013C00",)
    assert ranged.base_to == Bound("V200R019C00SPC500", inclusive=True)


CNVD_PRODUCTS = [
    ("H3C S5560X-EI Release 6515P06", "S5560X-EI", {"builds": ("Release 6515P06",)}),
    ("H3C S6800 R2702及以前版本", "S6800", {"base_to": Bound("R2702", inclusive=True)}),
    ("Huawei S5735  V200R019C00SPC500", "S5735", {"builds": ("V200R019C00SPC500",)}),
    (
        "Huawei CloudEngine 12800 <V200R019C10",
        "CloudEngine 12800",
        {"base_to": Bound("V200R019C10", inclusive=False)},
    ),
    ("Cisco Nexus 9000 9.3(5)", "Nexus 9000", {"builds": ("9.3(5)",)}),
]


@pytest.mark.parametrize(("said", "name", "means"), CNVD_PRODUCTS)
def test_cnvd_products_in_free_text(tmp_path: Path, said: str, name: str, means: dict[str, object]) -> None:
    text = said.replace("<", "&lt;")
    products = f"<products><product>{text}</product></products>"
    record = f"<vulnerability><number>CNVD-2026-1</number>{products}</vulnerability>"
    (product,) = only(put(tmp_path, "cnvd", record)).products
    (said_of_it,) = product.affected
    assert product.name == name
    assert {field: getattr(said_of_it, field) for field in means} == means


def test_kev_and_epss(tmp_path: Path) -> None:
    (kev,) = open_feed(put(tmp_path, "kev")).records
    assert isinstance(kev, Enrichment)
    assert kev.kev is not None
    assert (kev.cve, kev.kev.added, kev.kev.ransomware) == ("CVE-2026-90002", date(2026, 3, 15), True)
    feed = open_feed(put(tmp_path, "epss"))
    (epss,) = feed.records
    assert isinstance(epss, Enrichment)
    assert epss.epss is not None
    assert (epss.epss.probability, epss.epss.percentile) == (0.0432, 0.91)
    assert (epss.epss.model, epss.epss.day, feed.as_of) == ("v2026.03.01", date(2026, 5, 5), date(2026, 5, 5))


def test_own_yaml_in_the_words_of_the_bulletin(tmp_path: Path) -> None:
    found = only(put(tmp_path, "own_yaml"))
    (product,) = found.products
    assert (product.name, product.vendor) == ("S5700", "huawei")
    assert product.platforms == ("huawei_vrp5", "huawei_vrp8")
    ranged, branch = product.affected
    assert ranged.base_to == Bound("V200R019C00", inclusive=True)
    assert branch.branches == ("V200R019C00",)


def workbook(folder: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in TABLE.splitlines():
        sheet.append(line.split(","))
    book.create_sheet("说明").append(["本表如何填写"])
    file = folder / "table.bin"
    book.save(file)
    return file


@pytest.mark.parametrize("kind", ["csv", "gb18030", "xlsx"])
def test_own_table(tmp_path: Path, kind: str) -> None:
    file = workbook(tmp_path) if kind == "xlsx" else put(tmp_path, "own_table")
    if kind == "gb18030":
        file.write_bytes(TABLE.encode("gb18030"))
    found = only(file)
    assert (found.id, found.kind, found.severity, found.remote) == ("XJ-2026-2", "技术公告", "中", False)
    assert (found.published, found.updated) == (date(2026, 5, 1), date(2026, 5, 1))
    first, second = found.products
    assert (first.name, first.affected[0].builds) == ("CloudEngine 6800", ("V200R019C10SPC800",))
    assert first.affected[0].patch_to == Bound("V200R019SPH012", inclusive=False)
    assert [(fix.base, fix.patch) for fix in first.fixed] == [(None, "V200R019SPH012")]
    assert [each.builds for each in second.affected] == [("V200R019C10SPC800",), ("V200R020C00SPC100",)]


WRONG_ROWS = [
    ("XJ-1,t,华为,S5700,甲版本,,,中,否,2026-05-01,", ("row 2 XJ-1", "'甲版本'", "全部版本")),
    ("XJ-1,t,华为,S5700,V200R019C00,,,极高,否,2026-05-01,", ("severity", "'极高'", "'严重'")),
    ("XJ-1,t,华为,S5700,V200R019C00,,,中,也许,2026-05-01,", ("remote", "'也许'", "true or false")),
    ("XJ-1,t,华为,S5700,V200R019C00,,,中,否,去年,", ("published", "'去年'", "date")),
    (",t,华为,S5700,V200R019C00,,,中,否,2026-05-01,", ("row 2: 编号", "is missing")),
]


@pytest.mark.parametrize(("row", "says"), WRONG_ROWS)
def test_a_wrong_cell_is_named(tmp_path: Path, row: str, says: tuple[str, ...]) -> None:
    file = put(tmp_path, "own_table", f"{TABLE.splitlines()[0]}\n{row}\n")
    with pytest.raises(AdvisoryError) as caught:
        open_feed(file)
    assert [part for part in says if part not in str(caught.value)] == []


def test_rows_of_one_number_may_not_disagree(tmp_path: Path) -> None:
    changed = TABLE.replace("（虚构）内存泄漏", "另一个标题", 1)
    with pytest.raises(AdvisoryError, match="row 3: 标题: value '（虚构）内存泄漏': row 2 says otherwise"):
        open_feed(put(tmp_path, "own_table", changed))
