"""How submissions come in: the doors."""
