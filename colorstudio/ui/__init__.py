"""The window: what the artist sees, and the threads that keep it free while work goes on."""
