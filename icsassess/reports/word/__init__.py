"""Word documents as committees file them."""
