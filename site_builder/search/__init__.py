"""Search without a server: which files the browser reads, and what stands in them."""
