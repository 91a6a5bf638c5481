"""From logical tables to the validated plan: roles, sections, items, agencies, timeframes."""

from pipeline.interpret.knowledge import load_knowledge
from pipeline.interpret.plan import Reading, interpret

__all__ = ["Reading", "interpret", "load_knowledge"]
