"""Editions in; pages and briefings out."""
