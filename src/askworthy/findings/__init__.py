"""Evidence in; a verdict with its probability out."""
