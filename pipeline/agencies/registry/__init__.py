"""The registry of agencies: shipped, the office's own, and what its people decided."""
