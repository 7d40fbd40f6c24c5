"""Train on my style: a training child, what is known of it, and the pages that show it."""
