"""LibreOffice, where the machine has it: old formats into DOCX, and the places of cells."""
