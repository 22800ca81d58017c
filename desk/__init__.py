"""Where people send, review and decide: the web form and the editors' desk."""
