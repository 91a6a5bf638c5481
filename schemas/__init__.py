"""The types that pass between stages, and the shape of what comes out. Depends on nothing of ours."""
