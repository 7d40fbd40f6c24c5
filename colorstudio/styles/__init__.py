"""Styles: exported generators with their descriptions, and the library that holds them."""
