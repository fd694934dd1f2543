"""Server-rendered pages for clinic staff."""
