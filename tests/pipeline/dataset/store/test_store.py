"""Both databases hold the same whatever came first, and a document is whole or not there."""

import filecmp
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

import pytest
import sqlalchemy as sa

from pipeline.correct.log import STORE, append
from pipeline.dataset.known_files import KnownFile, remember
from pipeline.dataset.publish import publish
from pipeline.dataset.store import fill as filling
from pipeline.dataset.store.database import DatabaseError, database, reading, url_of
from pipeline.dataset.store.fill import fill
from pipeline.dataset.store.lists import find_document
from pipeline.dataset.store.versions import doubts_beside
from pipeline.files import mounts
from pipeline.parallel import map_ahead
from schemas.correction import Correction
from schemas.plan import Confirmed
from tests.pipeline.dataset.published import frame, publish_plans, put


def _same(one: Path, other: Path) -> bool:
    names = [path.name for path in one.iterdir()]
    _, different, missing = filecmp.cmpfiles(one, other, names, shallow=False)
    return not different and not missing


def test_both_databases_publish_the_same_bytes(
    postgresql_url, plain_plan, nasty_plan, doubtful_plan, tmp_path
):
    all_kinds = [plain_plan, nasty_plan, doubtful_plan]
    one = publish_plans(tmp_path / "one", all_kinds)
    other = publish_plans(tmp_path / "other", all_kinds, postgresql_url)
    assert _same(one, other)
    assert not (tmp_path / "other" / STORE).exists()


def test_what_came_bit_by_bit_is_what_came_at_once(url, make_plan, make_item, tmp_path):
    plans = [make_plan(f"{n}.pdf", (make_item(1), make_item(2))) for n in range(12)]
    at_once = publish_plans(tmp_path / "once", plans)
    out = tmp_path / "bit by bit"
    names = list(range(12))
    random.Random(7).shuffle(names)
    for n in names:
        put(out, f"{n:03d}", plans[n] if n % 3 else make_plan(f"{n}.pdf", (make_item(5),)))
        publish(out, url)
    (out / "plans" / "004.json").unlink()
    publish(out, url)
    for n in (3, 4, 6, 0, 9):
        put(out, f"{n:03d}", plans[n])
        publish(out, url)
    assert _same(at_once, out / "dataset")


def test_of_two_results_with_one_document_the_first_by_path_has_it(url, make_plan, tmp_path):
    first, second = (make_plan(f"{name}.pdf", content="same") for name in "ab")
    put(tmp_path, "2", second)
    publish(tmp_path, url)
    put(tmp_path, "1", first)
    publish(tmp_path, url)
    documents = frame(tmp_path / "dataset", "documents").column("source_file").to_pylist()
    assert documents == ["a.pdf"]
    (tmp_path / "plans" / "1.json").unlink()
    publish(tmp_path, url)
    assert frame(tmp_path / "dataset", "documents").column("source_file").to_pylist() == ["b.pdf"]
    assert frame(tmp_path / "dataset", "review").num_rows == 0


def test_a_document_that_is_replaced_is_never_away(
    url, make_plan, make_item, tmp_path, monkeypatch
):
    """A page that asks while a correction is being written has the document before it."""
    plan = make_plan("a.pdf", (make_item(1),))
    put(tmp_path, "a", plan)
    publish(tmp_path, url)
    seen = []

    def looked_at(*arguments):
        with database(url or url_of(tmp_path)) as engine, reading(engine) as connection:
            seen.append(find_document(connection, document_id=plan.document.id))
        yield from map_ahead(*arguments)

    monkeypatch.setattr(filling, "map_ahead", looked_at)
    put(tmp_path, "a", make_plan("a.pdf", (make_item(1), make_item(2))))
    publish(tmp_path, url)
    assert [held.row.items for held in seen] == [1]
    with database(url or url_of(tmp_path)) as engine, reading(engine) as connection:
        assert find_document(connection, document_id=plan.document.id).row.items == 2


class TestVersions:
    def test_a_corrected_plan_takes_the_place_of_the_first(
        self, url, make_plan, make_item, tmp_path
    ):
        first = make_plan("first.pdf", (make_item(1),), plan_number="154")
        corrected = make_plan("again.pdf", (make_item(2), make_item(3)), plan_number="154")
        other = make_plan("other.pdf", (make_item(4),), plan_number="155")
        remember(tmp_path, [_file("first.pdf", 1), _file("again.pdf", 2)])
        dataset = publish_plans(tmp_path, [first, corrected, other], url)
        rows = frame(dataset, "documents").to_pylist()
        taken = {row["source_file"]: row["superseded_by"] for row in rows}
        assert taken == {"again.pdf": None, "first.pdf": corrected.document.id, "other.pdf": None}
        for table in ("items", "tasks", "item_agencies"):
            of = set(frame(dataset, table).column("document_id").to_pylist())
            assert of == {corrected.document.id, other.document.id}, table

    def test_where_the_number_is_blank_none_goes_and_the_later_one_is_flagged(
        self, url, make_plan, make_item, tmp_path
    ):
        remember(tmp_path, [_file("z.pdf", 1), _file("a.pdf", 2)])
        plans = [make_plan("a.pdf", (make_item(1),)), make_plan("z.pdf", (make_item(2),))]
        dataset = publish_plans(tmp_path, plans, url)
        flags = {r["source_file"]: r["flags"] for r in frame(dataset, "documents").to_pylist()}
        assert flags == {"a.pdf": "possible_new_version", "z.pdf": ""}
        assert frame(dataset, "items").num_rows == 2
        (row,) = frame(dataset, "review").to_pylist()
        assert (row["source_file"], row["reasons"]) == ("a.pdf", "possible_new_version")
        assert "z.pdf" in row["reason_vi"]
        (tmp_path / "plans" / "001.json").unlink()
        publish(tmp_path, url)
        assert frame(dataset, "documents").column("flags").to_pylist() == [""]
        assert frame(dataset, "review").num_rows == 0

    def test_of_which_somebody_said_that_it_is_none_nothing_is_doubted_any_more(
        self, url, make_plan, make_item, tmp_path
    ):
        remember(tmp_path, [_file("z.pdf", 1), _file("a.pdf", 2)])
        plans = [make_plan("a.pdf", (make_item(1),)), make_plan("z.pdf", (make_item(2),))]
        dataset = publish_plans(tmp_path, plans, url)
        with database(url_of(tmp_path, url)) as engine, reading(engine) as connection:
            (doubt,) = doubts_beside(connection, plans[0].document.id)
        said = Correction(
            number=0, sha256=plans[0].document.sha256, field=doubt.what, read=doubt.text,
            verdict="confirm", who="an", at="2026-11-02T08:00:00Z", program="test",
        )  # fmt: skip
        append(tmp_path, said)
        confirmed = Confirmed(what=said.field, text=said.read, page=None, bbox=None)
        put(tmp_path, "000", plans[0].model_copy(update={"confirmed": (confirmed,)}))
        publish(tmp_path, url)
        assert frame(dataset, "review").num_rows == 0


def _file(name: str, changed: int) -> KnownFile:
    return KnownFile(name, name, 1, changed, "0" * 64, name, "")


def test_readers_see_one_state_while_another_writes(url, make_plan, tmp_path):
    put(tmp_path, "a", make_plan("a.pdf"))
    with database(url) as engine:
        fill(engine, tmp_path)
        with reading(engine) as connection:
            count = sa.text("SELECT count(*) FROM documents")
            assert connection.scalar(count) == 1
            put(tmp_path, "b", make_plan("b.pdf"))
            fill(engine, tmp_path)
            if engine.dialect.name == "sqlite":  # PostgreSQL reads what is committed
                assert connection.scalar(count) == 1
        with reading(engine) as connection:
            assert connection.scalar(count) == 2


def test_a_database_of_another_shape_is_made_anew_and_what_people_did_stays(
    url, make_plan, tmp_path
):
    put(tmp_path, "a", make_plan("a.pdf"))
    with database(url) as engine:
        fill(engine, tmp_path)
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE correction_log (number INTEGER)")
            connection.exec_driver_sql("INSERT INTO correction_log VALUES (7)")
            connection.exec_driver_sql("UPDATE marks SET value = 'old' WHERE name = 'shape'")
            connection.exec_driver_sql("DELETE FROM documents")
        fill(engine, tmp_path)
        with reading(engine) as connection:
            assert connection.scalar(sa.text("SELECT count(*) FROM documents")) == 1
            assert connection.scalar(sa.text("SELECT number FROM correction_log")) == 7


def test_sqlite_on_a_network_share_is_refused_with_the_reason(tmp_path, monkeypatch):
    table = tmp_path / "mountinfo"
    table.write_text(
        "22 1 8:1 / / rw - ext4 /dev/sda rw\n"
        f"30 22 0:40 / {tmp_path}/share rw - cifs //server/share rw\n"
    )
    monkeypatch.setattr(mounts, "_MOUNTS", table)
    with database(url_of(tmp_path / "local")):
        pass
    with pytest.raises(DatabaseError) as caught, database(url_of(tmp_path / "share" / "out")):
        pass
    assert (caught.value.key, caught.value.details["kind"]) == ("database_on_network", "cifs")


@pytest.mark.parametrize("named", ["nonsense", "mysql://x/y", "postgresql+psycopg://h.invalid/x"])
def test_a_database_that_cannot_be_used_is_told(named, tmp_path):
    with pytest.raises(DatabaseError) as caught:
        publish(tmp_path, named)
    assert "password" not in str(caught.value)


RUN = (
    "import sys; from pathlib import Path; from pipeline.dataset.publish import publish\n"
    "publish(Path(sys.argv[1]))"
)


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in (1, 2))])
def test_killed_at_any_moment_nothing_is_lost_or_twice(seed, make_plan, make_item, tmp_path):
    items = tuple(make_item(n) for n in range(1, 30))
    plans = [make_plan(f"{n:03d}.pdf", items) for n in range(150)]
    wanted = publish_plans(tmp_path / "wanted", plans)
    out = tmp_path / "out"
    for n, plan in enumerate(plans):
        put(out, f"{n:03d}", plan)
    moments = random.Random(seed)
    for _ in range(3):
        with subprocess.Popen([sys.executable, "-c", RUN, str(out)]) as process:
            time.sleep(moments.uniform(0.5, 2.5))
            process.send_signal(signal.SIGKILL)
    publish(out)
    assert _same(wanted, out / "dataset")
    assert not (out / "dataset" / ".new").exists()


def test_indexes_are_there_after_very_much_was_taken_in(
    url, make_plan, make_item, tmp_path, monkeypatch
):
    """Made at the end then, also where the run before was cut short."""
    for name in ("a", "b", "c"):
        put(tmp_path, name, make_plan(f"{name}.pdf", (make_item(1),)))
    monkeypatch.setattr(filling, "_BULK", 3)
    with database(url) as engine:
        with monkeypatch.context() as cut_short:
            cut_short.setattr(filling, "map_ahead", _killed)
            with pytest.raises(KeyboardInterrupt):
                fill(engine, tmp_path)
        assert not _indexes(engine, "items")
        put(tmp_path, "d", make_plan("d.pdf", (make_item(1),)))
        fill(engine, tmp_path)
        once = _indexes(engine, "items")
        fill(engine, tmp_path, rebuild=True)
        assert _indexes(engine, "items") == once != set()


def _killed(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _indexes(engine: sa.Engine, table: str) -> set[str | None]:
    return {index["name"] for index in sa.inspect(engine).get_indexes(table)}
