"""The editions of the clinic's tables, oldest first."""
