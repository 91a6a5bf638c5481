"""What a user would take today, on the same files and by the same measure."""
