"""PDF pages by their text layer."""
