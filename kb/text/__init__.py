"""Text without meaning: the shadow copy with its offsets, sentences, numerals."""
