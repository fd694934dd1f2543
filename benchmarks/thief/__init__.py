"""The thief: a station's disk after a hundred visits, carved for everything that was ever about a person."""
