"""A batch that is killed loses nothing, does nothing twice, and ends with the same bytes."""

import filecmp
import json
import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pikepdf
import pytest

from tests.flows.conftest import SAMPLE, phuluc_command

DOCUMENTS = 500
BROKEN = 20  # every so many


@pytest.fixture(scope="module")
def inbox(tmp_path_factory) -> Path:
    """Copies of a page, each with a content of its own; some are no PDF."""
    folder = tmp_path_factory.mktemp("inbox")
    page = folder / "page"
    with pikepdf.open(SAMPLE) as whole, pikepdf.new() as one:
        one.pages.append(whole.pages[0])
        one.save(page)
    content = page.read_bytes()
    page.unlink()
    for number in range(DOCUMENTS):
        broken = number % BROKEN == 0
        path = folder / f"{number % 10}" / f"{number:03d}.pdf"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(f"broken {number}".encode() if broken else content + b"\n%%%d\n" % number)
    return folder


def _start(inbox: Path, out: Path, environment) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [*phuluc_command(), "batch", "--inbox", inbox, "--out", out, "--quiet"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.mark.slow
def test_killed_three_times_and_in_the_middle_of_publishing(inbox, environment, tmp_path):
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    began = time.monotonic()
    assert _start(inbox, whole, environment).wait() == 1
    lasts = time.monotonic() - began

    moments = random.Random(11)
    for _ in range(3):
        with _start(inbox, killed, environment) as process:
            time.sleep(moments.uniform(0.2, 0.8) * lasts / 2)
            os.killpg(process.pid, signal.SIGKILL)
    shutil.rmtree(killed / "dataset", ignore_errors=True)  # so that there is something to publish
    with _start(inbox, killed, environment) as process:
        while process.poll() is None and not (killed / "dataset" / ".new").exists():
            time.sleep(0.01)
        assert process.poll() is None
        os.killpg(process.pid, signal.SIGKILL)
    assert _start(inbox, killed, environment).wait() == 1

    for folder in ("plans", "failed", "dataset", "tables"):
        assert _differences(filecmp.dircmp(whole / folder, killed / folder)) == []
    plans, failed = (len(list((killed / name).iterdir())) for name in ("plans", "failed"))
    assert (plans, failed) == (DOCUMENTS - DOCUMENTS // BROKEN, DOCUMENTS // BROKEN)
    sources = [json.loads(p.read_bytes())["document"]["source_file"]
               for p in (killed / "plans").iterdir()]  # fmt: skip
    assert len(set(sources)) == len(sources)


def _differences(compared: "filecmp.dircmp[str]") -> list[str]:
    found = [*compared.left_only, *compared.right_only, *compared.diff_files, *compared.funny_files]
    return found + [name for each in compared.subdirs.values() for name in _differences(each)]
