"""Tables of a database: the pure part on SQLite, and all of it on a server of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely
import sqlalchemy as sa

from data import bundle, store
from data.__main__ import main
from data.files.door import look, read
from data.files.postgis import VARIABLE, postgis_table, table_of
from data.order_file import order_of
from data.services.service import Land
from geo.errors import SourceError
from tests.towns import Drawing

LAND = Land("1812", "Sømna", "no", shapely.box(11.5, 65.1, 12.6, 65.5), "EPSG:25833")
SPOT = shapely.Point(367_500, 7_247_000)
STAND_INS = """
CREATE TABLE geometry_columns
    (f_table_schema text, f_table_name text, f_geometry_column text, srid int);
INSERT INTO geometry_columns VALUES ('public', 'skoler', 'geom', 25833);
CREATE FUNCTION ST_Force2D(bytea) RETURNS bytea AS 'SELECT $1' LANGUAGE sql;
CREATE FUNCTION ST_AsBinary(bytea) RETURNS bytea AS 'SELECT $1' LANGUAGE sql;
CREATE TABLE skoler (orgnr bigint, navn text, geom bytea);
"""
"""What PostGIS would bring, where a server has none: shapes that already are binary."""

WITH_POSTGIS = """
CREATE EXTENSION postgis;
CREATE TABLE skoler (orgnr bigint, navn text, geom geometry(Point, 25833));
"""


# --- The pure part ---------------------------------------------------------------------------


@pytest.fixture
def lite(tmp_path) -> sa.Engine:
    """Return an SQLite with the two functions and the one list that PostGIS has."""
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'a.db'}")

    @sa.event.listens_for(engine, "connect")
    def functions(connection, _):
        connection.create_function("ST_Force2D", 1, lambda wkb: wkb)
        connection.create_function("ST_AsBinary", 1, lambda wkb: wkb)

    with engine.begin() as connection:
        for statement in (
            "CREATE TABLE geometry_columns (f_table_schema, f_table_name,"
            " f_geometry_column, srid)",
            "INSERT INTO geometry_columns VALUES ('main', 'skoler', 'geom', 25833)",
            'CREATE TABLE skoler (orgnr REAL, "navn; DROP" TEXT, geom BLOB, photo BLOB)',
            "CREATE VIEW sett AS SELECT * FROM skoler",
        ):
            connection.execute(sa.text(statement))
        rows = [(881503972.0, "Vik skole", SPOT.wkb), (5.5, None, None)]
        for orgnr, name, wkb in rows:
            connection.execute(
                sa.text("INSERT INTO skoler VALUES (:a, :b, :c, x'00')"),
                {"a": orgnr, "b": name, "c": wkb},
            )
    return engine


def test_a_table_becomes_text_and_shapes(lite):
    raw = table_of(lite, "main.skoler")
    assert raw.cells.to_dict("list") == {
        "orgnr": ["881503972", "5.5"],
        "navn; DROP": ["Vik skole", ""],
        "photo": ["", ""],
    }
    assert raw.shapes.tolist() == [SPOT, None]
    assert raw.crs.to_epsg() == 25833
    assert raw.rows.tolist() == [1, 2]


def test_a_view_is_a_table_too(lite):
    assert len(table_of(lite, "main.sett")) == 2


def test_a_large_table_is_refused(lite):
    with pytest.raises(SourceError, match="skoler has more than 1 rows"):
        table_of(lite, "skoler", most=1)


@pytest.mark.parametrize(
    "name",
    [
        "skoler; DROP TABLE skoler",
        "skoler--",
        'sk"oler',
        "a.b.c",
        "",
        "s" * 64,
        "skoler ",
        "1a",
    ],
)
def test_only_a_name_is_a_name(lite, name):
    with pytest.raises(SourceError, match="is no name of a table"):
        table_of(lite, name)
    assert len(table_of(lite, "skoler")) == 2


@pytest.mark.parametrize("name", ["barnehager", "SKOLER", "sqlite_master"])
def test_only_what_is_listed_is_read(lite, name):
    with pytest.raises(SourceError, match=f"no table or view {name}"):
        table_of(lite, name)


# --- The connection string -----------------------------------------------------------------


def test_without_a_connection_string_there_is_no_database(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    with pytest.raises(SourceError, match="No database is named: set MOTEPLASS_POSTGIS"):
        postgis_table("skoler")


@pytest.mark.parametrize(
    "told",
    [
        "postgresql://per:geheim@127.0.0.1:{port}/kart",
        "per:geheim",
        "postgresql://per:geheim@127.0.0.1:port/kart",
    ],
)
def test_nothing_of_the_password_is_said(monkeypatch, told):
    monkeypatch.setenv(VARIABLE, told.replace("{port}", str(free_port())))
    with pytest.raises(SourceError) as caught:
        postgis_table("skoler")
    assert "geheim" not in str(caught.value)
    assert caught.value.__suppress_context__


# --- A server --------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Start a PostgreSQL of our own, and return its connection string."""
    programs = [shutil.which(name) for name in ("initdb", "postgres")]
    if not all(programs):
        pytest.skip("no PostgreSQL found: install postgresql, and postgis for all of it")
    # It refuses to run as root: then as the user that its package made.
    as_user = {"user": "postgres"} if os.name == "posix" and os.getuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="moteplass-pg-"))
    port = free_port()
    if as_user:
        shutil.chown(folder, "postgres")
    quiet = {
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        "cwd": folder,
        **as_user,
    }
    base = folder / "base"
    subprocess.run(
        [programs[0], "-D", base, "-A", "trust", "-U", "tester", "--no-sync"],
        check=True,
        **quiet,
    )
    options = ["-F", "-h", "127.0.0.1", "-p", str(port), "-k", folder]
    running = subprocess.Popen([programs[1], "-D", base, *options], **quiet)
    url = f"postgresql://tester@127.0.0.1:{port}/postgres"
    try:
        fill(url)
        yield url
    finally:
        running.terminate()
        running.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def fill(url: str) -> None:
    engine = sa.create_engine(
        sa.make_url(url).set(drivername="postgresql+pg8000"), poolclass=sa.pool.NullPool
    )
    for attempt in range(100):
        try:
            with engine.connect():
                break
        except sa.exc.SQLAlchemyError:
            if attempt == 99:
                raise
            time.sleep(0.1)
    with engine.begin() as connection:
        known = "SELECT count(*) FROM pg_available_extensions WHERE name = 'postgis'"
        whole = bool(connection.execute(sa.text(known)).scalar())
        for statement in (WITH_POSTGIS if whole else STAND_INS).split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
        shape = "ST_GeomFromWKB(%s, 25833)" if whole else "%s"
        for at, name in enumerate(("Vik skole", "Berg skole")):
            wkb = shapely.Point(SPOT.x + at, SPOT.y).wkb
            connection.exec_driver_sql(
                f"INSERT INTO skoler VALUES (881503972, %s, {shape})", (name, wkb)
            )
        connection.exec_driver_sql(
            "CREATE VIEW slow AS SELECT 1 AS a, pg_sleep(600)::text AS b"
        )
        connection.exec_driver_sql("CREATE SEQUENCE taken")
        connection.exec_driver_sql("CREATE VIEW writes AS SELECT nextval('taken') AS n")


@pytest.mark.parametrize("name", ["skoler", "public.skoler"])
def test_places_come_out_of_a_server(server, monkeypatch, tmp_path, name):
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path))
    monkeypatch.setenv(VARIABLE, server)
    raw = postgis_table(name)
    assert raw.crs.to_epsg() == 25833
    assert np.asarray(raw.shapes).tolist()[0] == SPOT
    recipe = look(raw, raw.file, land=LAND).recipe
    assert (recipe.what, recipe.kind, recipe.crs) == ("places", "school", "EPSG:25833")
    known, report = read(raw, recipe, LAND)
    assert known.register["name"].tolist() == ["Vik skole", "Berg skole"]
    assert known.register["ref"].tolist() == ["881503972"] * 2
    assert (report.used, report.faults) == (2, ())


def test_a_server_is_only_read(server, monkeypatch):
    monkeypatch.setenv(VARIABLE, server)
    with pytest.raises(SourceError, match="did not give the table writes"):
        postgis_table("writes")


def test_a_table_that_takes_forever_is_given_up(server, monkeypatch):
    monkeypatch.setattr("data.files.postgis.PATIENCE_S", 1)
    monkeypatch.setenv(VARIABLE, server)
    began = time.monotonic()
    with pytest.raises(SourceError, match="did not give the table slow"):
        postgis_table("slow")
    assert time.monotonic() - began < 20


def test_an_unknown_table_is_named(server, monkeypatch):
    monkeypatch.setenv(VARIABLE, server)
    with pytest.raises(SourceError, match="no table or view barnehager"):
        postgis_table("barnehager")


def test_a_table_is_built_into_an_area_like_a_file(server, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "store"))
    monkeypatch.setenv("MOTEPLASS_LANGUAGE", "en")
    monkeypatch.setenv(VARIABLE, server)
    town = Drawing()
    town.way([(0, 0), (300, 0)], highway="residential")
    osm = town.save(tmp_path / "town.osm.pbf")
    told = ["build", "--osm", str(osm), "--code", "vik", "--table", "public.skoler"]
    assert main(told) == 0
    built = bundle.read("vik")
    assert built.register["name"].tolist() == ["Vik skole", "Berg skole"]
    assert set(built.places["sources"]) == {"own"}
    order = order_of("vik")
    assert order.tables == ("public.skoler",)
    assert not bundle.built_from(order)  # who knows what is in it by now
    assert server not in (store.folder("vik") / "order.toml").read_text("utf-8")
    capsys.readouterr()
    assert main(["look", "--table", "skoler"]) == 0
    assert "skoler: 2 rows; it seems to be: places" in capsys.readouterr().out


def test_a_build_without_its_database_says_so(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "store"))
    monkeypatch.setenv("MOTEPLASS_LANGUAGE", "en")
    monkeypatch.delenv(VARIABLE, raising=False)
    town = Drawing()
    town.way([(0, 0), (300, 0)], highway="residential")
    osm = town.save(tmp_path / "town.osm.pbf")
    assert main(["build", "--osm", str(osm), "--code", "vik", "--table", "skoler"]) == 1
    assert "No database is named" in capsys.readouterr().err
