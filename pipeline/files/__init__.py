"""Files: written whole or not at all, and text that is safe in a spreadsheet."""
