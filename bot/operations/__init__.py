"""What the person who installed Convive does with it besides running it."""
