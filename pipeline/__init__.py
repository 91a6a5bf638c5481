"""From a file to a validated plan: plain functions over `schemas`. Knows nothing of Prefect."""

# Spelt out here, for to ask for that of the installed distribution takes as long as a page.
__version__ = "0.1.0"
