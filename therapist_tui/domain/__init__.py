"""What the practice knows: values and rules. No I/O, no SQL, no Textual."""
