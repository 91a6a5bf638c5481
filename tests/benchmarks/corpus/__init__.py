"""Composes plan appendices whose truth is known, lays them out as Word would, and scans them."""
