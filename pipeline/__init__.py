"""From a file to a validated plan: plain functions over the types of `schemas`. Knows nothing of Prefect."""
