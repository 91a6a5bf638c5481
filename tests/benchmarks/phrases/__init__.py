"""Times and title blocks with known truth, and how many of them are read right."""
