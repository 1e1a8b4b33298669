"""One screen per file, each with what it shows and what its keys do."""
