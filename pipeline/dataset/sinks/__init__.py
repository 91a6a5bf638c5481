"""What takes the tables of the dataset and writes a format: one module each."""
