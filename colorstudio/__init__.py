"""Color Studio colours folders of line art and greyscale pages on the artist's own machine."""
