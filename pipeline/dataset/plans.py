"""The files of a document: its plan in `plans/` and `tables/`, or why not, in `failed/`."""

from pathlib import Path

from pipeline.dataset.names import PLANS, failure_path, plan_path
from pipeline.dataset.sinks.tables import remove_tables, write_tables
from pipeline.files.atomic import write_atomic
from schemas.failure import Failure
from schemas.outcome import Outcome
from schemas.plan import Plan, Record


def write_outcome(out: Path, name: str, outcome: Outcome) -> Path:
    """Write what became of a file under its name, and take away what it was before.

    A plan takes the place of the file's earlier failure, a failure that of its earlier plan: what
    the folder holds is always what the file gives today. Returns the path that was written.
    """
    plan, failure = (
        plan_path(out, name),
        failure_path(out, name, outcome.source_file),
    )
    if outcome.plan is not None:
        write_tables(out, name, outcome.tables)
        write_atomic(plan, _json(outcome.plan))
        failure.unlink(missing_ok=True)
        return plan
    if outcome.failure is None:
        raise ValueError(f"neither a plan nor a failure: {outcome.source_file}")
    write_atomic(failure, _json(outcome.failure))
    plan.unlink(missing_ok=True)
    remove_tables(out, name)
    return failure


def remove_result(out: Path, name: str, source_file: str) -> None:
    """Take away what a source file gave, its plan or its failure, where there is any."""
    plan_path(out, name).unlink(missing_ok=True)
    failure_path(out, name, source_file).unlink(missing_ok=True)
    remove_tables(out, name)


def read_plan(path: Path) -> Plan:
    """Return the plan of a JSON file; raises OSError, or ValueError if it holds none."""
    return Plan.model_validate_json(path.read_bytes())


def read_failure(path: Path) -> Failure:
    """Return the failure of a JSON file; raises OSError, or ValueError if it holds none."""
    return Failure.model_validate_json(path.read_bytes())


def plan_files(out: Path) -> list[Path]:
    """Return the files of `plans/` in the order of their names."""
    return sorted((out / PLANS).glob("*.json"))


def _json(record: Record) -> bytes:
    return record.model_dump_json(indent=1).encode() + b"\n"
