import os

from flows.person import user_of_process


def test_a_user_without_a_name_has_a_number(monkeypatch):
    def unknown():
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", unknown)
    assert user_of_process() == str(os.getuid())
