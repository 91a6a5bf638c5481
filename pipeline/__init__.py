"""From a file to a validated plan: plain functions over `schemas`. Knows nothing of Prefect."""
