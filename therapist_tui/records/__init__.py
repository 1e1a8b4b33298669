"""The store: one encrypted file, its key file, and the values that come out of it.

Importing this package loads nothing heavy; `records.practice` is the door, `records.places` the file names.
"""
