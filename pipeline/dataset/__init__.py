"""From plans to files: names, plans/*.json, failed/*.json, and the tables of the dataset."""

from pipeline.dataset.frames import read_frame
from pipeline.dataset.names import assign_names, copies
from pipeline.dataset.plans import read_plan, write_outcome
from pipeline.dataset.publish import publish, publisher, write_dataset

__all__ = [
    "assign_names",
    "copies",
    "publish",
    "publisher",
    "read_frame",
    "read_plan",
    "write_dataset",
    "write_outcome",
]
