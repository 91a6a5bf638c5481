"""Beyond this machine: by a name and a password, behind a proxy."""

import os
import re
import subprocess
import sys

import httpx
import pytest

from web.access.accounts import AccountError, Accounts, SlowDown

_COMMAND = [sys.executable, "-u", "-c", "from flows.cli import main; main()", "web"]
_LANG = {**os.environ, "PHULUC_LANG": "en"}
PASSWORD = "một mật khẩu dài"


def run(*arguments, said=""):
    return subprocess.run(
        [*_COMMAND, *map(str, arguments)],
        input=said,
        capture_output=True,
        text=True,
        env=_LANG,
        timeout=60,
        check=False,
    )


def test_accounts_are_made_and_taken_away_by_a_command(tmp_path):
    made = run("user", "add", "an", "--out", tmp_path, said=f"{PASSWORD}\n{PASSWORD}\n")
    assert made.returncode == 0, made.stderr
    assert run("user", "list", "--out", tmp_path).stdout == "an\n"
    assert Accounts(tmp_path).check("an", PASSWORD)
    assert PASSWORD.encode() not in (tmp_path / "phuluc.sqlite3").read_bytes()
    assert run("user", "remove", "an", "--out", tmp_path).returncode == 0
    assert run("user", "remove", "an", "--out", tmp_path).returncode == 2


@pytest.mark.parametrize(("name", "password"), [("", PASSWORD), ("an", "ngắn")])
def test_what_is_no_account(tmp_path, name, password):
    with pytest.raises(AccountError):
        Accounts(tmp_path).add(name, password)


def test_who_guesses_waits_longer_each_time():
    slow = SlowDown()
    waits = [slow.turn("an", "10.0.0.7") for _ in range(8)]  # many at once come in turn
    assert waits[:5] == pytest.approx([0, 0.5, 1.5, 3.5, 7.5], abs=0.1)
    assert waits[-1] is None
    assert slow.turn("bình", "10.0.0.7") == 0
    assert slow.turn("an", "10.0.0.8") == 0
    slow.entered("an", "10.0.0.7")
    assert slow.turn("an", "10.0.0.7") == 0


def test_behind_a_proxy_everybody_logs_in(tmp_path):
    assert run("--out", tmp_path, "--host", "phuluc.example", "--port", 0).returncode == 2
    Accounts(tmp_path).add("an", PASSWORD)
    command = [*_COMMAND, "--out", tmp_path, "--host", "phuluc.example", "--port", "0"]
    with subprocess.Popen(
        list(map(str, command)), stdout=subprocess.PIPE, text=True, env=_LANG
    ) as process:
        try:
            address = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())[0]
            proxied = {"host": "phuluc.example", "x-forwarded-proto": "https"}
            with httpx.Client(base_url=address, headers=proxied, timeout=30) as client:
                assert client.get("/?token=").headers["location"].startswith("/login")
                wrong = client.post("/login", data={"name": "an", "password": "falsch"})
                assert wrong.headers["location"] == "/login?wrong=1"
                right = client.post("/login", data={"name": "an", "password": PASSWORD})
                cookie = right.headers["set-cookie"]
                assert "secure" in cookie.lower()
                assert "samesite=strict" in cookie.lower()
                known = {"cookie": cookie.split(";")[0]}
                assert client.get("/", headers=known).status_code == 200
                Accounts(tmp_path).remove("an")
                assert client.get("/", headers=known).status_code == 303
        finally:
            process.terminate()
