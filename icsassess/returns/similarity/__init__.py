"""Evidence that reads almost alike."""
