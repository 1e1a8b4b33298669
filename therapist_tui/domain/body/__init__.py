"""The body as the practice names it: regions, muscles, techniques, marks, and the figure they are drawn on."""
