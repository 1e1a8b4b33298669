"""Forms as data: which fields a record has, how they are read, and where they are saved."""
