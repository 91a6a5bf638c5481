"""From logical tables to the validated plan: roles, sections, items, agencies, timeframes."""

from pipeline.interpret.plan import interpret
from pipeline.interpret.printed import printed_texts

__all__ = ["interpret", "printed_texts"]
