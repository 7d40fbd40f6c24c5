"""Running generators: sessions, the provider really in use, and colouring one picture."""
