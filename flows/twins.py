"""`phuluc twins`: which files are one plan in two forms, and what somebody says about it."""

from pathlib import Path

from flows.database import database_of_environment
from flows.errors import CommandError
from flows.messages import say
from flows.person import user_of_process
from flows.writing import writing
from pipeline.correct.log import append
from pipeline.dataset.publish import publish
from pipeline.dataset.store.database import database, reading, url_of
from pipeline.dataset.store.twins import Pair, entry_about, pairs


def list_twins(out: Path) -> None:
    """Print the pairs of files about which nobody said anything yet."""
    found = [pair for pair in _pairs(out) if not pair.said]
    for pair in found:
        print(say("twins.pair", office=pair.office, printed=pair.printed))
    print(say("twins.how") if found else say("twins.none"))


def decide(out: Path, office: str, *, same: bool) -> None:
    """Note whether an office's file and its print are one plan or two, and publish anew.

    Raises CommandError for a file that has no twin, FolderBusyError, OSError, DatabaseError.
    """
    pair = next((pair for pair in _pairs(out) if pair.office == office), None)
    if pair is None:
        raise CommandError("no_twin", name=office)
    with writing(out):
        append(out, entry_about(pair, user_of_process(), same=same), checked=False)
        publish(out, database_of_environment())
    print(say("twins.same" if same else "twins.different", office=office, printed=pair.printed))


def _pairs(out: Path) -> list[Pair]:
    with database(url_of(out, database_of_environment())) as engine, reading(engine) as connection:
        return pairs(connection)
