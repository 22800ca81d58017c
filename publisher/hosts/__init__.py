"""The kinds of hosts: one small protocol, one module each."""
