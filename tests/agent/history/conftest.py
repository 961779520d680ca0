"""A store of its own for every test, on SQLite and on PostgreSQL alike."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from agent.history.store import History

SERVER = os.environ.get(
    "XUNJIAN_TEST_POSTGRESQL", "postgresql+psycopg://127.0.0.1:5432/postgres?user=postgres"
)
"""URL of a server on which schemas may be made."""


@dataclass(frozen=True)
class Place:
    """A data folder and the URL of its store."""

    data: Path
    url: str

    def open(self) -> History:
        return History.open(self.data, self.url)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    data = tmp_path / "data"
    data.mkdir()
    if request.param == "sqlite":
        yield Place(data, "")
        return
    engine = create_engine(SERVER)
    schema = f"xunjian_{token_hex(6)}"
    try:
        with engine.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
    except OperationalError as error:
        pytest.skip(f"no PostgreSQL: {str(error).splitlines()[0]}; XUNJIAN_TEST_POSTGRESQL names another")
    try:
        yield Place(data, f"{SERVER}&options=-csearch_path%3D{schema}")
    finally:
        with suppress(OperationalError), engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        engine.dispose()


@pytest.fixture
def history(place: Place) -> Iterator[History]:
    opened = place.open()
    yield opened
    opened.close()
