"""When a thing is to be done: the words of a cell into kind, first and last day, recurrence."""

from pipeline.timeframes.parse import parse_timeframe

__all__ = ["parse_timeframe"]
