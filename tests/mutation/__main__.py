"""How many faults the unit tests find: ``python -m tests.mutation`` (see `mutants`, `child`).

A fixed sample of the faults that stitching, tables, interpreting and list signs may have, each in
a process of its own against the tests of its own part alone. Survivors are listed with their
place; the exit code is 1 where fewer than `LEAST` are found.
"""

import argparse
import multiprocessing
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.mutation.child import run
from tests.mutation.mutants import Mutant, mutants_of

ROOT = Path(__file__).parents[2]
# Processes start from one that has loaded what the tests need besides the code itself.
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(
    ["pytest", "hypothesis", "msgspec", "pydantic", "rapidfuzz.fuzz", "yaml"]
)
SAMPLE = 200
LEAST = 0.85
TIMEOUT = 60  # seconds; the tests of a part take two to four
# Where faults are put, and the tests that must find them.
PARTS = {
    "pipeline/stitch": "tests/pipeline/stitch",
    "pipeline/tables": "tests/pipeline/tables",
    "pipeline/interpret": "tests/pipeline/interpret",
    "pipeline/language/list_signs.py": "tests/pipeline/language/test_list_signs.py",
}


def sample(size: int) -> list[tuple[Mutant, str]]:
    """Return the faults looked at, each with its tests: those whose keys, a hash, come first.

    So a change of one function exchanges the faults of that function alone.
    """
    every = [
        (mutant, tests)
        for part, tests in PARTS.items()
        for path in _modules(ROOT / part)
        for mutant in mutants_of(path, ROOT)
    ]
    return sorted(every, key=lambda pair: pair[0].key)[:size]


def _modules(part: Path) -> list[Path]:
    return [part] if part.suffix else sorted(part.rglob("*.py"))


def is_killed(mutant: Mutant, tests: str) -> bool:
    """Whether a test of the part fails with the fault, or does not come to an end."""
    process = _context.Process(target=run, args=(mutant.module, mutant.number, tests))
    process.start()
    process.join(TIMEOUT)
    if process.exitcode is None:
        process.kill()
        process.join()
    return process.exitcode != 0


def _check_tests(tests: Sequence[str]) -> None:
    """Leave where tests fail without any fault: then nothing could be told."""
    for path in tests:
        command = [sys.executable, "-m", "pytest", "-x", "-q", path]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            sys.exit(f"{path}: fails without any fault")


def main() -> None:
    """Run the sample and print the share that was found, by part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=SAMPLE)
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args()
    faults = sample(chosen.sample)
    _check_tests(sorted({tests for _, tests in faults}))
    with ThreadPoolExecutor(chosen.jobs) as pool:
        killed = list(pool.map(lambda fault: is_killed(*fault), faults))
    found, all_of = Counter[str](), Counter[str]()
    for (mutant, tests), dead in zip(faults, killed, strict=True):
        found[tests] += dead
        all_of[tests] += 1
        if not dead:
            place = f"{mutant.module.replace('.', '/')}.py:{mutant.line}"
            print(f"survived  {place}  {mutant.change}")
    for tests in sorted(all_of):
        print(f"{tests:32} {found[tests]:4} of {all_of[tests]:4}")
    share = sum(killed) / len(killed)
    print(f"{sum(killed)} of {len(killed)} found ({share:.1%})")
    sys.exit(share < LEAST)


if __name__ == "__main__":
    main()
