"""Way In: the council's rules. Knows nothing of HTTP or HTML."""
