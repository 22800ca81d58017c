"""In what order and when: the command line, the morning run, the clock."""
