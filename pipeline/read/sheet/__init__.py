"""Workbooks: from what they show to exact tables."""
