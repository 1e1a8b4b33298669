"""What happens when things go wrong: the real program in a pseudo-terminal, killed, robbed of its window, fed with evil text."""
