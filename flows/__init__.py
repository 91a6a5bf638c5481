"""The command line and the Prefect flows: they orchestrate `pipeline` and do nothing else."""
