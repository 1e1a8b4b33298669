"""In and out: what the practice hands to other programs and takes from them."""
