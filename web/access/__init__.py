"""Who may use the pages, and what a browser may do with their answers."""
