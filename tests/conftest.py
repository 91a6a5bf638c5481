"""Profiles of the property tests: `make test` is quick, `make fuzz` looks harder."""

from hypothesis import settings

settings.register_profile("fuzz", max_examples=5000, deadline=None)
