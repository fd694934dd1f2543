"""What a clinic does so that it can go on after a loss: copies, the drill with the recovery key, new keys."""
