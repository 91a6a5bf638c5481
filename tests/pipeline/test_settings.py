import pytest

from pipeline.settings import SettingError, Settings


def test_what_the_environment_says_goes_before_the_defaults(monkeypatch):
    monkeypatch.setenv("PHULUC_OCR_LANGUAGE", "vie_best")
    monkeypatch.setenv("PHULUC_WORKERS", "3")
    monkeypatch.setenv("PHULUC_JOIN_ROWS", "no")
    found = Settings.of_environment()
    assert (found.ocr_language, found.workers, found.join_rows) == ("vie_best", 3, False)
    assert found.join_threshold == Settings().join_threshold


def test_what_is_given_goes_before_the_environment(monkeypatch):
    monkeypatch.setenv("PHULUC_WORKERS", "none")
    assert Settings.of_environment(workers=2).workers == 2


@pytest.mark.parametrize(
    ("variable", "value", "key"),
    [
        ("PHULUC_WORKERS", "0", "setting_int"),
        ("PHULUC_OCR_TIMEOUT", "2 minutes", "setting_int"),
        ("PHULUC_JOIN_THRESHOLD", "1.5", "setting_float"),
        ("PHULUC_JOIN_ROWS", "maybe", "setting_bool"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(monkeypatch, variable, value, key):
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingError) as raised:
        Settings.of_environment()
    error = raised.value
    assert (error.key, error.details) == (key, {"variable": variable, "value": value})


def test_a_wrong_argument_is_not_blamed_on_the_environment():
    with pytest.raises(ValueError, match="join_rows") as raised:
        Settings.of_environment(join_rows="maybe")
    assert not isinstance(raised.value, SettingError)
