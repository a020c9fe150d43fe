"""A question list in; numbered questions, their parts and their form out."""
