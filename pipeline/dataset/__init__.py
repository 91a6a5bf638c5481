"""From plans to files: names, plans/*.json, failed/*.json, and the tables of the dataset.

What writes the tables (`pipeline.dataset.publish`) loads Arrow and SQLAlchemy, and is imported by
itself.
"""

from pipeline.dataset.names import assign_names, copies
from pipeline.dataset.plans import read_plan, write_outcome

__all__ = ["assign_names", "copies", "read_plan", "write_outcome"]
