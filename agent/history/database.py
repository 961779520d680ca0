"""Opening the database of the store: SQLite in the data folder, or PostgreSQL by URL; migrated when old."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from agent.history.schema import HEAD
from collector.errors import XunjianError

FILE = "history.sqlite"
"""In the data folder."""
WAIT_S = 30
"""How long one waits for another that writes."""
_WRITING = 0x78756E6A
"""Number of the lock under which PostgreSQL lets one process at a time write, as SQLite does by itself."""
_FAILURES = (SQLAlchemyError, sqlite3.Error, OSError)


class HistoryError(XunjianError):
    """The store cannot be used: not opened, not read, or not written."""


def engine_for(url: str, data: Path) -> Engine:
    """Open the store by its URL; empty: the file in the data folder, which is made when it is not there.

    Raises HistoryError when it cannot be opened, or is newer than this program.
    """
    try:
        wanted = make_url(url or f"sqlite:///{data / FILE}")
        if wanted.get_backend_name() == "postgresql" and wanted.drivername == "postgresql":
            wanted = wanted.set(drivername="postgresql+psycopg")
        if wanted.get_backend_name() not in ("sqlite", "postgresql"):
            raise HistoryError(
                f"{wanted.render_as_string()}: the history is kept in SQLite or PostgreSQL only"
            )
        engine = create_engine(wanted)
        if wanted.get_backend_name() == "sqlite":
            _for_owner_only(Path(wanted.database or ""))
            _sqlite(engine)
        _migrate(engine)
    except ModuleNotFoundError as error:
        said = f"{error}: PostgreSQL needs the extra `postgresql`: pip install 'xunjian[postgresql]'"
        raise HistoryError(said) from error
    except (ArgumentError, NoSuchModuleError) as error:
        raise HistoryError(f"no URL of a database, such as postgresql://host/name: {error}") from error
    except _FAILURES as error:
        raise HistoryError(f"the history cannot be opened: {said_shortly(error)}") from error
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes; all of it or nothing stays. Raises HistoryError when it cannot be."""
    try:
        with _transaction(engine) as connection:
            yield connection
    except _FAILURES as error:
        raise HistoryError(f"the history cannot be written: {said_shortly(error)}") from error


@contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _WRITING})
        yield connection


@contextmanager
def looking(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads. Raises HistoryError when it cannot."""
    try:
        with engine.connect() as connection:
            yield connection
    except _FAILURES as error:
        raise HistoryError(f"the history cannot be read: {said_shortly(error)}") from error


def said_shortly(error: Exception) -> str:
    """The first line of what the database says: the rest is the statement with all its values."""
    said = str(getattr(error, "orig", None) or error).strip()
    return said.splitlines()[0] if said else type(error).__name__


def _for_owner_only(file: Path) -> None:
    """Make the file before SQLite does, which would let others read it."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))


def _sqlite(engine: Engine) -> None:
    """Wait for others, keep to references, survive a crash; begin transactions as we say and not sqlite3."""

    @event.listens_for(engine, "connect")
    def _(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {WAIT_S * 1000}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        # One that reads first and writes later would not be let wait for another.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(engine: Engine) -> None:
    with engine.connect() as connection:
        if _version(connection) == HEAD:
            return
    with _transaction(engine) as connection:
        version = _version(connection)  # another process may have been quicker
        if version == HEAD:
            return
        if version is not None and version > HEAD:
            raise HistoryError(
                f"the history is of version {version}, and this program knows only {HEAD}: it is newer"
            )
        migrate(connection)


def migrate(connection: Connection, target: str = "head") -> None:
    """Bring the tables to a version, within the transaction that is open."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    command.upgrade(config, target)


def _version(connection: Connection) -> str | None:
    """None: nothing is there yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
