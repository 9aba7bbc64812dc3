"""Small widgets that are handed values and draw them."""
