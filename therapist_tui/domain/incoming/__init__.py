"""Moving in: what a file from another program says, what becomes of it, and what an import left."""
