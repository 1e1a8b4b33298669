"""Search: what is typed is read into a question, and what was found into lines with the words that fit."""
