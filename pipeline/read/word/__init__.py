"""Word documents: from their own XML to exact tables."""
