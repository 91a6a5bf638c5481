"""One changed document is taken in by itself, and the dataset is what a full build would make."""

import filecmp
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from pipeline.correct import log
from pipeline.dataset.known_files import KnownFile, remember
from pipeline.dataset.names import PLANS
from pipeline.dataset.publish import publish
from pipeline.dataset.store import due, fill
from pipeline.dataset.store.database import database, reading
from pipeline.dataset.store.read import batches
from pipeline.dataset.store.twins import Pair, entry_about
from pipeline.dataset.store.write import replace_results
from schemas.correction import Correction, Verdict
from schemas.dataset import TABLES
from schemas.plan import IssuedOn, Plan
from tests.pipeline.dataset.published import put

TASKS = ("Rà soát thủ tục hành chính", "Niêm yết công khai danh mục", "Tập huấn cho cán bộ xã")
OTHER_TASKS = ("Trồng rừng đầu nguồn", "Sửa đường liên thôn", "Phát động thi đua")
DAY = IssuedOn(day=14, month=5, year=2024)


@pytest.fixture
def office(make_plan, make_item) -> dict[str, Plan]:
    """Versions of two plans, forms of one, and plans that have nothing to do with another."""

    def plan(name: str, number: str, tasks: tuple[str, ...] = TASKS, **of: object) -> Plan:
        rows = tuple(make_item(n, title="", tasks=(task,)) for n, task in enumerate(tasks, 1))
        return make_plan(f"{name}.pdf", rows, plan_number=number, **of)

    return {
        "alone": plan("alone", "9"),
        "first": plan("first", "154"),
        "later": plan("later", "154", OTHER_TASKS),
        "blank-1": plan("blank-1", "", OTHER_TASKS, kind="scanned"),
        "blank-2": plan("blank-2", "", OTHER_TASKS, kind="scanned"),
        "typed": plan("typed", "", kind="word", unit="huyện Bắc Sơn"),
        "stamped": plan("stamped", "362", kind="scanned", issued_on=DAY, unit="huyện Bắc Sơn"),
        "other": plan("other", "7", OTHER_TASKS, kind="scanned", unit="huyện Bắc Sơn"),
    }


class Folder:
    """An output folder with its database, into which one change after another is taken in."""

    def __init__(self, out: Path, url: str, plans: dict[str, Plan]) -> None:
        self.out, self.url, self.plans = out, url, plans
        changed = {name: number for number, name in enumerate(plans)}
        copy = _known("copy", 99)
        remember(out, [*(_known(n, at) for n, at in changed.items()), copy])
        for name, plan in plans.items():
            put(out, name, plan)
        with database(url) as engine:
            fill.fill(engine, out)

    def put(self, name: str, *, rows: object = None, **document: object) -> None:
        """Change a plan and take in that change alone."""
        plan = self.plans[name]
        told = plan.document.model_copy(update=document)
        of_rows = {} if rows is None else {"items": rows}
        self.plans[name] = plan.model_copy(update={"document": told, **of_rows})
        put(self.out, name, self.plans[name])
        self.take_in(name)

    def remove(self, name: str) -> None:
        (self.out / PLANS / f"{name}.json").unlink()
        self.take_in(name)

    def say(self, name: str, verdict: Verdict, field: str = "unit", value: str = "") -> None:
        sha256 = self.plans[name].document.sha256
        log.append(self.out, _entry(sha256, verdict, field, value), checked=False)
        self.take_in()

    def say_of_twins(self, *, same: bool) -> None:
        typed, stamped = (self.plans[name].document for name in ("typed", "stamped"))
        pair = Pair("typed.pdf", typed.sha256, "stamped.pdf", stamped.sha256, said=False)
        log.append(self.out, entry_about(pair, "An", same=same), checked=False)
        self.take_in()

    def take_in(self, *names: str) -> None:
        with database(self.url) as engine:
            fill.take_in(engine, self.out, [f"{PLANS}/{name}.json" for name in names])


def _known(name: str, changed: int) -> KnownFile:
    copy_of = "alone.pdf" if name == "copy" else None
    return KnownFile(f"{name}.pdf", name, 1, changed, "0" * 64, name, "", copy_of=copy_of)


def _entry(sha256: str, verdict: Verdict, field: str, value: str) -> Correction:
    return Correction(
        number=0, sha256=sha256, field=field, read="", verdict=verdict, value=value, who="An",
        at=log.now(), program=log.PROGRAM,
    )  # fmt: skip


CHANGES: dict[str, Callable[[Folder], None]] = {
    "of a plan that is alone": lambda it: it.put("alone", title="Kế hoạch sửa"),
    "of the version that holds": lambda it: it.put("later", title="Kế hoạch sửa"),
    "of the version that does not": lambda it: it.put("first", title="Kế hoạch sửa"),
    "a version that is none": lambda it: it.put("later", plan_number="155"),
    "a version of another plan": lambda it: it.put("alone", plan_number="154"),
    "a version whose number is blank no more": lambda it: it.put("blank-2", plan_number="8"),
    "a day that makes another the later one": lambda it: it.put("first", issued_on=DAY),
    "a version that is gone": lambda it: it.remove("later"),
    "of one of two forms": lambda it: it.put("typed", title="Kế hoạch sửa"),
    "of the other form": lambda it: it.put("stamped", title="Kế hoạch sửa"),
    "a form that is none": lambda it: it.put("stamped", rows=it.plans["other"].items),
    "a form of another plan": lambda it: it.put("other", rows=it.plans["typed"].items),
    "a form of another unit": lambda it: it.put("typed", unit="huyện Chi Lăng"),
    "a form that is gone": lambda it: it.remove("typed"),
    "what was said of two forms": lambda it: it.say_of_twins(same=False),
    "an approval": lambda it: it.say("alone", "approve", "document"),
    "what was said and changes no plan": lambda it: it.say("alone", "confirm", value="x"),
}


@pytest.mark.parametrize("said", [None, True], ids=["forms", "forms said to be one"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_one_change_gives_the_rows_of_a_full_build(change, said, office, tmp_path):
    folder = Folder(tmp_path / "out", f"sqlite:///{tmp_path}/one", office)
    if said is not None:
        folder.say_of_twins(same=said)
    change(folder)
    with database(folder.url) as engine:
        one_by_one = _rows(engine)
        fill.fill(engine, folder.out, rebuild=True)
        assert one_by_one == _rows(engine)


def test_all_changes_after_one_another_give_the_bytes_of_a_full_build(url, office, tmp_path):
    folder = Folder(tmp_path / "out", url, office)
    folder.say_of_twins(same=True)
    for change in CHANGES.values():
        change(folder)
    publish(folder.out, url)
    before = (folder.out / "dataset").rename(tmp_path / "before")
    publish(folder.out, url, rebuild=True)
    names = [path.name for path in before.iterdir()]
    _, different, missing = filecmp.cmpfiles(before, folder.out / "dataset", names, shallow=False)
    assert (different, missing) == ([], [])


def _rows(engine: sa.Engine) -> dict[str, list[dict[str, object]]]:
    """Every table as it is published."""
    with reading(engine) as connection:
        return {
            spec.name: [row for batch in batches(connection, spec) for row in batch.to_pylist()]
            for spec in TABLES
        }


def test_nothing_is_looked_over_but_what_changed(office, tmp_path, monkeypatch):
    folder = Folder(tmp_path / "out", f"sqlite:///{tmp_path}/one", office)

    def refused(*_: object) -> None:
        raise AssertionError("all results are looked over")

    for name in ("known_files", "standing_of_all", "note_sources"):
        monkeypatch.setattr(fill, name, refused)
    monkeypatch.setattr(due, "result_files", refused)
    before = _numbers(folder)
    folder.put("later", title="Kế hoạch sửa")
    now = _numbers(folder)
    assert {path for path, number in now.items() if before[path] != number} == {"plans/later.json"}


def test_a_failure_that_is_gone_unsettles_no_plan(office, tmp_path):
    folder = Folder(tmp_path / "out", f"sqlite:///{tmp_path}/one", office)
    unreadable = folder.out / PLANS / "unreadable.json"
    unreadable.write_text("{}")
    folder.take_in("unreadable")
    unsettled = sa.text("SELECT count(*) FROM results WHERE NOT settled")
    with database(folder.url) as engine, engine.begin() as connection:
        replace_results(connection, [f"{PLANS}/unreadable.json"], [])
        assert connection.scalar(unsettled) == 0


def _numbers(folder: Folder) -> dict[str, int]:
    with database(folder.url) as engine, reading(engine) as connection:
        return dict(connection.execute(sa.text("SELECT path, number FROM results")).all())


def test_a_change_elsewhere_is_left_for_a_full_look(office, tmp_path):
    folder = Folder(tmp_path / "out", f"sqlite:///{tmp_path}/one", office)
    for name in ("alone", "other"):
        plan = folder.plans[name]
        told = plan.document.model_copy(update={"title": "Kế hoạch sửa"})
        put(folder.out, name, plan.model_copy(update={"document": told}))
    folder.take_in("alone")
    assert _titled(folder) == ["alone.pdf"]
    with database(folder.url) as engine:
        fill.fill(engine, folder.out)
    assert _titled(folder) == ["alone.pdf", "other.pdf"]


def _titled(folder: Folder) -> list[str]:
    with database(folder.url) as engine, reading(engine) as connection:
        query = "SELECT source_file FROM documents WHERE title = 'Kế hoạch sửa' ORDER BY 1"
        return list(connection.scalars(sa.text(query)))
