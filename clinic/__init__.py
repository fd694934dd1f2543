"""The central server that receives what the stations send."""
