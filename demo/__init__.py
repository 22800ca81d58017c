"""The demonstration: sample sites, inbox, pictures and the days they are set in."""
