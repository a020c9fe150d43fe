"""Questions in; an aspect and a topic for each out."""
