"""Vietnamese as text: Unicode forms, syllables, markers, running text."""
