"""Pictures of pages: pixels, rules and words."""
