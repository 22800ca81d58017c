"""From the public tree to a web host: whole, verified, and back again."""
