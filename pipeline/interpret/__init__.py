"""From logical tables to the validated plan: roles, sections, items, agencies, timeframes."""

from pipeline.interpret.knowledge import load_knowledge
from pipeline.interpret.plan import interpret

__all__ = ["interpret", "load_knowledge"]
