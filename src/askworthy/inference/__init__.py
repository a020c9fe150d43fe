"""Texts in; vectors and scores out, from the bundled models or any other."""
