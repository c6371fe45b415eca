"""Cleaning: from a loaded text to paragraphs of prose, with every removal listed and its reason."""
