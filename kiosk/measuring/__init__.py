"""How single readings become a value that is hers: one pure plan a step."""
