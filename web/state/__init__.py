"""What the server holds: documents from the database, plans, pictures, who is here."""
