"""What the attendant does at each step; one module a part of the way."""
