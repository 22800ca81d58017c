"""The forms of one edition: PDF, DOCX, mail, WeChat article, pictures, spoken."""
