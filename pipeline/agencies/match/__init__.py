"""The agencies that a text names, by the registry."""
