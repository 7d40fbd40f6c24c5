"""Pictures in and out, and the mathematics of colour: no screen, no network, no GPU."""
