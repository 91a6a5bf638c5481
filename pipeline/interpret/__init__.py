"""From logical tables to the validated plan: roles, sections, items, agencies, timeframes."""

from pipeline.interpret.plan import interpret

__all__ = ["interpret"]
