"""From logical tables to the validated plan: roles, sections, items, agencies, timeframes."""

from pipeline.interpret.plan import Reading, interpret

__all__ = ["Reading", "interpret"]
