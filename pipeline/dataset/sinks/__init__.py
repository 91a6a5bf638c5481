"""The tables of the dataset in a format each."""
