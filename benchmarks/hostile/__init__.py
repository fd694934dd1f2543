"""A hostile link: between a real station and a real clinic stands somebody who does everything wrong."""
