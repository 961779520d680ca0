"""The store, on SQLite and PostgreSQL: what is put in comes out, whole or not at all, whatever happens."""

import multiprocessing
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, insert, select, text

from agent.history import database, decided, schema
from agent.history.database import HistoryError, engine_for, migrate, writing
from agent.history.store import History, dump_record, load_record
from checks.lifecycle import Decision, follow
from checks.record import InspectionRecord
from checks.verdict import Severity
from tests.agent.history.conftest import Place
from tests.records import BEGAN, device, fault, inspection, lost

RUNS = tuple(
    inspection(
        month, device("sw-1", fault(), fault("OPT-001", "XGE1/0/1", severity=Severity.MINOR)), lost("sw-2")
    )
    for month in range(3)
)


def put(history: History, *records: InspectionRecord) -> None:
    for record in records:
        history.record(dump_record(record))


def test_a_record_comes_back_as_it_was(history: History) -> None:
    put(history, *RUNS)
    assert history.records("hq") == RUNS
    assert history.get(RUNS[1].run_id) == RUNS[1]
    assert history.get("another") is None
    assert load_record(dump_record(RUNS[0])) == RUNS[0]


def test_it_is_remembered_once_and_the_last_judgement_counts(history: History) -> None:
    put(history, RUNS[0], RUNS[0])
    again = replace(RUNS[0], devices=(device("sw-1"), lost("sw-2")), score=99.0)
    put(history, again)
    assert history.records("hq") == (again,)
    assert history.digests().keys() == {RUNS[0].run_id}


def test_sites_and_times_are_told_apart(history: History) -> None:
    other = inspection(1, device("br-1"), site="branch", run_id="x")
    put(history, *RUNS, other)
    assert [run.id for run in history.runs()] == [
        RUNS[2].run_id,
        *sorted((RUNS[1].run_id, "x"), reverse=True),
        RUNS[0].run_id,
    ]
    assert [run.id for run in history.runs("branch")] == ["x"]
    assert history.records("hq", before=RUNS[2].started_at) == RUNS[:2]
    assert history.runs()[0].started_at == RUNS[2].started_at


def test_values_are_given_of_the_last_few_only(history: History) -> None:
    put(history, *RUNS)
    assert [bool(r.devices[0].metrics) for r in history.records("hq", measured=1)] == [False, False, True]
    assert not any(r.devices[0].metrics for r in history.records("hq", measured=0))
    assert all(r.devices[0].metrics for r in history.records("hq", measured=9))


def test_what_is_forgotten_leaves_nothing_behind(history: History) -> None:
    put(history, *RUNS)
    history.forget([RUNS[0].run_id, RUNS[1].run_id])
    assert history.records("hq") == (RUNS[2],)
    with history.engine.connect() as connection:
        left = {t.name: len(connection.execute(select(t)).all()) for t in schema.DERIVED}
    assert left == {"metrics": 2, "exposures": 2, "problems": 2, "devices": 2, "runs": 1}


def test_decisions_survive_what_is_made_again(history: History) -> None:
    put(history, *RUNS)
    problems = follow(RUNS)
    decision = Decision(owner="张三", due=date(2026, 6, 1), note="备件已订")
    decided.decide(history.engine, "hq", [(problems[0], decision)], BEGAN, "ops")
    delivery = decided.Delivery(
        site="hq", deliverable="inspection", run_id="r", file="a.pdf", sha256="00", at=BEGAN
    )
    assert decided.deliver(history.engine, delivery)
    assert not decided.deliver(history.engine, replace(delivery, at=RUNS[1].started_at))
    history.replace_all([])
    assert history.runs() == ()
    assert decided.decisions(history.engine, "hq", problems) == {problems[0].id: decision}
    assert decided.deliveries(history.engine) == (delivery,)
    told = decided.export(history.engine)
    assert told["decisions"][0]["due"] == "2026-06-01"
    assert told["deliveries"][0]["sha256"] == "00"


def test_a_decision_is_found_under_the_former_name_of_its_device(history: History) -> None:
    before = (inspection(0, device("old", fault())),)
    (problem,) = follow(before)
    decided.decide(history.engine, "hq", [(problem, Decision(owner="张三"))], BEGAN, "ops")
    renamed = device("new", fault(), serials=("DEMO-old",))
    (problem,) = follow((*before, inspection(1, renamed)))
    assert decided.decisions(history.engine, "hq", [problem]) == {problem.id: Decision(owner="张三")}
    decided.decide(history.engine, "hq", [(problem, Decision(owner="李四"))], RUNS[1].started_at, "ops")
    assert decided.decisions(history.engine, "hq", [problem])[problem.id].owner == "李四"


def test_many_at_once_lose_nothing(place: Place) -> None:
    records = [inspection(n, device(f"sw-{n}", fault())) for n in range(6)]

    def work(record: InspectionRecord) -> None:
        history = place.open()
        put(history, record, records[0])
        history.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, records))
    history = place.open()
    assert history.records("hq") == tuple(records)
    history.close()


def _die_while_writing(place: Place, text: bytes) -> None:
    history = place.open()

    @event.listens_for(history.engine, "before_cursor_execute")
    def _(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "INSERT INTO metrics" in statement:
            os.kill(os.getpid(), signal.SIGKILL)

    history.record(text)


def test_a_kill_in_the_middle_leaves_what_was_before(place: Place) -> None:
    history = place.open()
    put(history, RUNS[0])
    history.close()
    again = dump_record(replace(RUNS[0], score=1.0))
    process = multiprocessing.get_context("spawn").Process(target=_die_while_writing, args=(place, again))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    history = place.open()
    assert history.records("hq") == (RUNS[0],)
    put(history, load_record(again))
    assert history.records("hq")[0].score == 1.0
    history.close()


def test_every_version_of_the_tables_is_brought_up_to_date(place: Place) -> None:
    """From the first on, with what is in it."""
    engine = engine_for(place.url, place.data)
    with writing(engine) as connection:
        for table in (*schema.DERIVED, *schema.DECIDED):
            connection.execute(text(f"DROP TABLE {table.name}"))
        connection.execute(text("DROP TABLE alembic_version"))
        migrate(connection, "0001")
    row = dict.fromkeys(("digest", "customer", "kind", "interrupted", "grade", "tool_version"), "")
    times = {"started_at": BEGAN, "ended_at": BEGAN, "complete": True, "checks": [], "inventory": []}
    with writing(engine) as connection:
        connection.execute(
            insert(schema.runs).values(row | times | {"id": "r", "site": "hq", "profile": "full"})
        )
    engine.dispose()
    history = place.open()
    assert [run.id for run in history.runs()] == ["r"]
    put(history, *RUNS)
    decided.decide(history.engine, "hq", [(follow(RUNS)[0], Decision(note="x"))], BEGAN, "ops")
    history.close()


def test_the_tables_are_those_that_the_migrations_make(place: Place) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    engine = engine_for(place.url, place.data)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.METADATA) == []
    engine.dispose()
    scripts = ScriptDirectory(str(Path(database.__file__).with_name("migrations")))
    assert scripts.get_heads() == [schema.HEAD]


def test_a_newer_store_is_left_alone(place: Place) -> None:
    engine = engine_for(place.url, place.data)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(HistoryError, match="newer"):
        place.open()


def test_what_cannot_be_written_is_an_error_and_nothing_stays(history: History) -> None:
    put(history, RUNS[0])

    @event.listens_for(history.engine, "before_cursor_execute")
    def _(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "INSERT INTO problems" in statement:
            raise OSError(28, "No space left on device")

    with pytest.raises(HistoryError, match="No space left"):
        put(history, RUNS[1])
    assert history.records("hq") == (RUNS[0],)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://host/x", "SQLite or PostgreSQL only|No module"),
        ("nonsense", "no URL of a database"),
        ("postgresql://127.0.0.1:1/x", "cannot be opened"),
    ],
)
def test_a_store_that_cannot_be_opened_is_one_error(tmp_path: Path, url: str, said: str) -> None:
    with pytest.raises(HistoryError, match=said):
        History.open(tmp_path, url)


def test_a_file_that_is_no_database_is_one_error(tmp_path: Path) -> None:
    (tmp_path / database.FILE).write_bytes(b"no database, but long enough to look at" * 100)
    with pytest.raises(HistoryError, match="cannot be opened: file is not a database"):
        History.open(tmp_path)


def test_a_locked_file_is_waited_for_and_then_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "WAIT_S", 0.2)
    history = History.open(tmp_path)
    put(history, RUNS[0])
    other = History.open(tmp_path)
    with writing(other.engine), pytest.raises(HistoryError, match="locked"):
        put(history, RUNS[1])
    put(history, RUNS[1])
    assert history.records("hq") == RUNS[:2]


def test_a_full_disk_is_an_error_and_nothing_stays(tmp_path: Path) -> None:
    history = History.open(tmp_path)
    put(history, RUNS[0])
    with history.engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar()

    @event.listens_for(history.engine, "connect")
    def _(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    history.engine.dispose()
    big = inspection(5, *(device(f"sw-{n}", fault(message="x" * 3000)) for n in range(50)))
    with pytest.raises(HistoryError, match="full"):
        put(history, big)
    assert history.records("hq") == (RUNS[0],)


def test_nobody_else_can_read_the_file(tmp_path: Path) -> None:
    History.open(tmp_path).close()
    assert (tmp_path / database.FILE).stat().st_mode & 0o777 == 0o600
