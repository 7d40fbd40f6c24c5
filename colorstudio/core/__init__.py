"""The ground everything stands on: pictures, colour, names and failures; no screen, no GPU."""
