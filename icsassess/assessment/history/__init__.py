"""What each merge read, decided and wrote, and what moved between two of them."""
