"""The types that pass between stages, and the shape of what comes out. Depends on none of ours."""
