"""One document and its doubts: looked at, corrected, decided in groups, approved."""
