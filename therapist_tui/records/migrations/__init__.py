"""How the file came to its present shape, step by step (Alembic)."""
