"""Places: administrative units of all times."""
