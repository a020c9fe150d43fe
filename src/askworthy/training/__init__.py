"""Corpora in; the files of models/ out."""
