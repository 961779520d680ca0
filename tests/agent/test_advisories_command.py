"""`xunjian advisories`: from files to a bundle, and what is told of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.agent.command import Ended, command
from tests.baselines.advisories.feeds import NVD20, put


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def ask(data: Path, *arguments: str) -> Ended:
    return command("advisories", *arguments, "--data", str(data))


def result(ended: Ended) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(ended.out)
    return answer


def imported(data: Path, *files: Path) -> dict[str, Any]:
    return result(ask(data, "import", *map(str, files), "--json"))


def test_import_says_what_became_of_every_record(tmp_path: Path, data: Path) -> None:
    rejected = put(tmp_path, "nvd20", {"vulnerabilities": [{"cve": NVD20 | {"vulnStatus": "Rejected"}}]})
    ended = ask(data, "import", str(rejected), str(put(tmp_path, "cnvd")), "--json")
    said = result(ended)
    assert ended.code == 0
    assert [(f["format"], f["advisories"], len(f["skipped"])) for f in said["files"]] == [
        ("nvd20", 0, 1),
        ("cnvd", 1, 0),
    ]
    assert said["skipped"] == {"the number was rejected or withdrawn": 1}
    assert (said["new"], said["advisories"], said["signed"]) == (1, 1, False)


def test_a_record_that_cannot_be_read_makes_code_1(tmp_path: Path, data: Path) -> None:
    file = put(
        tmp_path, "nvd20", {"format": "NVD_CVE", "vulnerabilities": [{"cve": NVD20}, {"cve": {"id": 3}}]}
    )
    ended = ask(data, "import", str(file))
    assert ended.code == 1
    assert "1 advisories, 1 skipped" in ended.out
    assert "skipped 1: must be a text" in ended.err


def test_a_file_that_cannot_be_used_makes_code_2(tmp_path: Path, data: Path) -> None:
    ended = ask(data, "import", str(put(tmp_path, "nvd20", '{"CVE_Items": [')))
    assert (ended.code, ended.out) == (2, "")
    assert "nvd20.txt" in ended.err
    assert ask(data, "verify").code == 2


def test_list_and_show_what_is_shipped_and_imported(tmp_path: Path, data: Path) -> None:
    imported(data, put(tmp_path, "nvd20"), put(tmp_path, "cnvd"), put(tmp_path, "own_yaml"))
    every = {each["id"]: each for each in result(ask(data, "list", "--json"))["advisories"]}
    assert "huawei-sa-20210602-01-cmdinj" in every
    assert every["XJ-2026-1"]["aliases"] == ["CVE-2026-90002", "CNVD-2026-90005"]
    assert [each["id"] for each in result(ask(data, "list", "s5700 拒绝", "--json"))["advisories"]] == [
        "XJ-2026-1"
    ]
    shown = ask(data, "show", "cnvd-2026-90005")
    assert shown.code == 0
    assert "XJ-2026-1" in shown.out
    assert "conflict: 不同来源所列的受影响版本不一致" in shown.out
    assert "title from 自有公告（虚构）" in shown.out
    assert ask(data, "show", "CVE-1999-0001").code == 2


def test_diff_names_what_is_new_and_changed(tmp_path: Path, data: Path) -> None:
    assert ask(data, "diff").code == 2
    imported(data, put(tmp_path, "nvd20"), put(tmp_path, "cvrf"))
    newer = NVD20 | {"lastModified": "2026-09-09T00:00:00.000"}
    imported(data, put(tmp_path, "nvd20", newer), put(tmp_path, "csaf"))
    said = result(ask(data, "diff", "--json"))
    assert (said["added"], said["changed"], said["gone"]) == (["EX-SA-2026-7"], ["CVE-2026-90002"], [])


def test_verify_tells_a_changed_file(tmp_path: Path, data: Path) -> None:
    version = imported(data, put(tmp_path, "nvd20"))["version"]
    assert result(ask(data, "verify", "--json")) == {"version": version, "hashes": True, "signed_by": None}
    file = data / "advisories" / "versions" / version / "advisories.jsonl"
    file.write_text(file.read_text("utf-8").replace("S5700", "S5701"), "utf-8")
    ended = ask(data, "verify")
    assert ended.code == 2
    assert "is not what the manifest says" in ended.err
    assert ask(data, "list").code == 2


def test_age_makes_code_1_where_a_source_is_stale(tmp_path: Path, data: Path) -> None:
    imported(data, put(tmp_path, "kev"))
    ended = ask(data, "age", "--json")
    sources = {source["name"]: source for source in result(ended)["sources"]}
    assert ended.code == 1
    assert sources["随附公告"]["stale"] is True
    assert sources["CISA KEV（已知被利用漏洞目录）"]["as_of"] == "2026-04-01"
