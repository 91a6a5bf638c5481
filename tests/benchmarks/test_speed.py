"""The speed benchmark's own arithmetic and memory; nothing here is timed."""

import json
from pathlib import Path

from tests.benchmarks import speed
from tests.benchmarks.provenance import Provenance

CODE = Provenance("0.1.0", "abc1234", "2026-11-20", changed=False)
RECORD = {
    "file": "x-scan.pdf",
    "kind": "scanned",
    "pages": 6,
    "against": "tesseract",
    "ratios": [1.4, 1.1, 1.2],
    "seconds_ours": 6.0,
    "seconds_theirs": 5.0,
}


def test_the_two_go_first_by_turns_and_each_is_run_once_a_round():
    calls = []
    timings = speed.rounds(lambda: calls.append("ours"), lambda: calls.append("theirs"), 3)
    assert calls == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]
    assert len(timings) == 3


def test_a_round_keeps_apart_whose_seconds_are_whose(monkeypatch):
    clock = iter([0, 6, 6, 10, 10, 12, 12, 15])
    monkeypatch.setattr(speed.time, "perf_counter", lambda: next(clock))
    timings = speed.rounds(lambda: None, lambda: None, 2)
    # Round 1: ours 6, theirs 4; round 2, theirs first: theirs 2, ours 3.
    assert [timing.ratio for timing in timings] == [1.5, 1.5]
    assert timings[1] == speed.Timing(ours=3, theirs=2)


def test_the_history_grows_by_a_line_and_the_last_of_the_same_file_is_found(tmp_path):
    history = tmp_path / "history.jsonl"
    assert speed.before(history, RECORD) == []
    speed.remember(history, RECORD, CODE)
    speed.remember(history, RECORD | {"ratios": [1.3]}, CODE)
    speed.remember(history, RECORD | {"file": "other.pdf"}, CODE)
    speed.remember(history, RECORD | {"against": "extract_tables"}, CODE)
    lines = [json.loads(text) for text in history.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 4
    assert {"version", "commit", "changed", "date", "cores", "ratios"} <= lines[0].keys()
    assert [each["ratios"] for each in speed.before(history, RECORD)] == [[1.4, 1.1, 1.2], [1.3]]


def test_least_median_most_and_the_time_before_are_shown():
    text = speed.line(RECORD, [RECORD | {"ratios": [1.0, 1.3], "commit": "0ld"}])
    assert text.endswith("| 1.10 | **1.20** | 1.40 | 1.15 (0ld) |")
    assert speed.line(RECORD, []).endswith("| 1.40 | – |")


def test_a_slow_down_shows():
    usual = [RECORD | {"ratios": [r], "commit": "0ld"} for r in (9.0, 1.0, 1.0, 0.9, 1.1, 1.0)]
    assert speed.is_slower(RECORD | {"ratios": [1.11, 1.3]}, usual)
    assert not speed.is_slower(RECORD | {"ratios": [1.09, 5.0]}, usual)
    assert not speed.is_slower(RECORD, [])
    assert "SLOWER" in speed.line(RECORD | {"ratios": [1.2]}, usual)


def test_tesseract_is_run_as_the_comparison_says(monkeypatch, tmp_path):
    commands = []
    monkeypatch.setattr(speed, "_run", lambda *command: commands.append(command))
    speed.recognise([speed.Image(tmp_path / "1.pgm", 200)], "vie")
    assert commands == [
        ("tesseract", str(tmp_path / "1.pgm"), "stdout", "-l", "vie", "--psm", "6", "--dpi", "200")
    ]


def test_no_round_finds_what_an_earlier_one_read(monkeypatch, tmp_path):
    there_before = []

    def run(*command):
        out = Path(command[command.index("--out") + 1])
        there_before.append(out.exists())
        (out / "readings").mkdir(parents=True)

    monkeypatch.setattr(speed, "_run", run)
    ours = speed.ours_for(tmp_path / "a.pdf", tmp_path)
    ours()
    ours()
    assert there_before == [False, False]
