"""What is kept: stories, articles, pages, runs, editions, submissions."""
