"""The tables of the dataset in a database, and what people did: SQLite, or PostgreSQL."""
