import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from checks.exposure import Exposure
from checks.inspection import (
    AdvisorySource,
    CheckText,
    CommandRecord,
    Conclusion,
    DeviceReport,
    Evidence,
    Finding,
    Inspection,
    WaiverUse,
)
from checks.verdict import Result, Verdict
from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import FACT_NAMES, Facts, Known, LogEvent, Partial, Reason, UnreadLine
from parsers.seen import Seen
from reports.json_report import as_data, schema, write_json
from tests.reports import sample
from tests.reports.sample_facts import NOW, SEEN

VALIDATOR = Draft202012Validator(schema(), format_checker=FormatChecker())


def written(inspection: Inspection, folder: Path) -> Any:
    path = folder / "inspection.json"
    write_json(inspection, path)
    return json.loads(path.read_bytes())


@pytest.mark.parametrize("name", ["full", "spotless", "nothing_reached", "crowded", "endless"])
def test_samples_fit_the_schema(name: str, tmp_path: Path) -> None:
    VALIDATOR.validate(written(getattr(sample, name)(), tmp_path))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize(
    ("name", "type_", "more"),
    [
        ("device", DeviceReport, set()),
        ("verdict", Verdict, {"outcome", "severity"}),
        ("result", Result, set()),
        ("finding", Finding, set()),
        ("evidence", Evidence, set()),
        ("command", CommandRecord, set()),
        ("exposure", Exposure, set()),
        ("check_text", CheckText, set()),
        ("conclusion", Conclusion, set()),
        ("advisory_source", AdvisorySource, set()),
        ("seen", Seen, set()),
        ("waiver_use", WaiverUse, set()),
        ("unread_line", UnreadLine, set()),
        (None, Inspection, {"schema_version"}),
    ],
)
def test_the_schema_names_every_field(name: str | None, type_: type[Any], more: set[str]) -> None:
    described = schema() if name is None else schema()["$defs"][name]
    assert set(described["properties"]) == {f.name for f in fields(type_)} | more
    assert set(described["required"]) == set(described["properties"])
    assert described["additionalProperties"] is False


@pytest.mark.parametrize(("name", "enum"), [("reason", Reason)])
def test_the_schema_names_every_word(name: str, enum: type[Reason]) -> None:
    assert set(schema()["$defs"][name]["enum"]) == {str(word) for word in enum}


@pytest.mark.parametrize(
    "spoil",
    [
        {"run_id": None},
        {"schema_version": 2},
        {"started_at": "yesterday"},
        {"unknown_key": 1},
        {"findings": [{"number": "P001"}]},
    ],
)
def test_the_schema_refuses_what_is_wrong(spoil: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        VALIDATOR.validate(as_data(sample.spotless()) | spoil)


def test_values(tmp_path: Path) -> None:
    data = written(sample.full(), tmp_path)
    assert data["started_at"] == "2026-03-14T01:30:00+00:00"
    assert [f["number"] for f in data["findings"]] == [f"P{n:03d}" for n in range(1, 8)]
    assert data["findings"][0]["severity"] == "critical"
    dark = data["devices"][-1]
    assert (dark["reached"], dark["reason"], dark["score"], dark["collected_at"]) == (
        False,
        "unreachable",
        None,
        None,
    )
    first = data["devices"][0]["facts"]
    assert set(first) == set(FACT_NAMES)
    assert first["memory"]["status"] == "known"
    assert first["memory"]["value"][0]["used_pct"] == 55.4
    assert data["devices"][3]["facts"]["fans"]["status"] == "partial"
    assert data["devices"][3]["facts"]["optics"] == {
        "status": "unknown",
        "absent": False,
        "reason": "no_privilege",
        "detail": "display transceiver",
        "sources": [],
        "unread": [],
    }


def test_equal_inspections_give_equal_bytes(tmp_path: Path) -> None:
    write_json(sample.full(), tmp_path / "a.json")
    write_json(sample.full(), tmp_path / "b.json")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def with_facts(facts: Facts) -> Inspection:
    made = sample.spotless()
    return replace(made, devices=(replace(made.devices[0], facts=facts),))


def test_no_configuration_and_no_secret_gets_in(tmp_path: Path) -> None:
    secret = "TopSecret123"
    tree = ConfigTree(
        "display current-configuration", "0" * 64, (ConfigLine(1, f"password simple {secret}"),)
    )
    event = LogEvent(
        seen=SEEN,
        time=NOW,
        severity=6,
        mnemonic="SHELL/CMD",
        text=f"Command is snmp-agent community read cipher {secret}",
    )
    unread = (UnreadLine("display users", 1, f"password cipher {secret}"),)
    data = written(
        with_facts(Facts(config=Known(tree), log_events=Known((event,)), users=Partial((), unread))), tmp_path
    )
    VALIDATOR.validate(data)
    facts = data["devices"][0]["facts"]
    assert facts["config"]["value"] == {"command": "display current-configuration", "capture": "0" * 64}
    assert facts["users"]["unread"][0]["text"] == "password cipher ******"
    assert secret not in json.dumps(data)


def test_undecodable_bytes_survive(tmp_path: Path) -> None:
    made = sample.full()
    finding = replace(made.findings[0], message="x\udce9y")
    data = written(replace(made, findings=(finding,)), tmp_path)
    assert data["findings"][0]["message"] == "x\udce9y"


def test_the_path_of_the_logo_stays_at_home(tmp_path: Path) -> None:
    data = written(replace(sample.spotless(), site=sample.site(logo="/home/somebody/logo.png")), tmp_path)
    assert "somebody" not in json.dumps(data)
