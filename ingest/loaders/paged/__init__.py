"""From glyphs on pages to paragraphs: what PDF and OFD share. Lengths are in points, ``top`` grows downwards."""
