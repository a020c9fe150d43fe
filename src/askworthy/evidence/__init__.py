"""Questions and passages in; ranked, judged and quoted evidence out."""
