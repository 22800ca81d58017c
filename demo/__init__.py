"""The sample sites, inbox and ten mornings of the demonstration."""
