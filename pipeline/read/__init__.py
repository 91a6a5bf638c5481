"""Reading: what gives the pages of a file, or its exact tables, for each kind of file."""
