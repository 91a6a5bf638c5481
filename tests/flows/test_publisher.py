import logging
import time

import pytest

from flows.publisher import publisher
from pipeline.correct.log import STORE
from pipeline.dataset.store.database import DatabaseError


def test_the_database_is_made_while_documents_are_read(tmp_path):
    with publisher(tmp_path) as publish:
        until = time.monotonic() + 30
        while not (tmp_path / STORE).exists() and time.monotonic() < until:
            time.sleep(0.01)
        assert (tmp_path / STORE).exists()
        assert not (tmp_path / "dataset").exists()
        publish()
    assert (tmp_path / "dataset" / "datapackage.json").is_file()


def test_a_database_that_cannot_be_used_is_told_when_there_is_something_to_publish(
    tmp_path, monkeypatch, caplog
):
    monkeypatch.setenv("PHULUC_DATABASE", "oracle://somewhere/else")
    with (
        caplog.at_level(logging.WARNING),
        publisher(tmp_path) as publish,
        pytest.raises(DatabaseError, match="database_url"),
    ):
        publish()
    assert not caplog.records
