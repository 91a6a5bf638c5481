"""What is remembered of the database: made once, forgotten with a change, old for a moment only."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.dataset.store.database import database
from pipeline.dataset.store.write import CHANGE, prepare, set_mark
from web.state.remembered import Remembered


@pytest.fixture
def connection(tmp_path):
    with database(f"sqlite:///{tmp_path / 'x.sqlite3'}") as engine:
        prepare(engine)
        with engine.connect() as opened:
            set_mark(opened, CHANGE, "first")
            yield opened


def test_an_answer_is_made_anew_after_a_change(connection):
    remembered = Remembered()
    assert remembered.get(connection, "key", lambda: 1) == 1
    assert remembered.get(connection, "key", lambda: 2) == 1
    assert remembered.get(connection, "other", lambda: 3) == 3
    set_mark(connection, CHANGE, "second")
    time.sleep(0.05)  # for an answer that took no time this is long
    assert remembered.get(connection, "key", lambda: 4) == 4


def test_what_takes_long_is_shown_a_little_longer(connection):
    remembered = Remembered()
    assert remembered.get(connection, "key", lambda: time.sleep(0.1) or 1) == 1
    set_mark(connection, CHANGE, "second")
    assert remembered.get(connection, "key", lambda: 2) == 1


def test_several_who_ask_at_once_have_it_made_once():
    remembered, made = Remembered(), []

    def make():
        time.sleep(0.1)
        made.append(1)
        return len(made)

    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(remembered._get, "first", "key", make) for _ in range(4)]
        assert {each.result() for each in asked} == {1}
