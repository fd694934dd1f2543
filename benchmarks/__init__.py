"""How fast the house is, as ratios that a reader can judge: ``./run bench [NAME]``."""
