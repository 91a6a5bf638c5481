"""Measures the pipeline against documents with known truth: what is right, joins included."""
