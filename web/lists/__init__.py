"""Lists of all documents: tasks, deadlines, coverage, agencies; as pages, as files to hand on."""
