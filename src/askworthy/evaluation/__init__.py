"""A labelled corpus and a model in; figures with their intervals, comparisons and reports out."""
