"""Published norms, and how far an area keeps them."""
