"""How pages come in: the Scrapy project."""
