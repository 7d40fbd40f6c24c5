"""The style library in the window: looking at styles, passing them on, comparing them."""
