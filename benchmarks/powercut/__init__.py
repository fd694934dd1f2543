"""Power cut at every stroke of the shipped ledger: its writes are replayed as a disk might keep them."""
