import pytest


@pytest.fixture(autouse=True)
def _no_office_file(monkeypatch, tmp_path):
    """The registry as shipped, whatever the machine that runs the tests has."""
    monkeypatch.setenv("PHULUC_REGISTRY_OVERLAY", str(tmp_path / "agencies.csv"))
