"""In and out: what leaves the practice and what comes into it, in open formats."""
