"""What a notebook shows, and the page that is made of it."""
