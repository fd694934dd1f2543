"""The instruments kept true: who works at the station, what they found, what rests, and the trail of it."""
