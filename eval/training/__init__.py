"""Training of the shipped static embedding: texts, vocabulary, word vectors, contrastive tuning, export."""
