"""Writers of the sample documents that are not plain text: PDF, Word and HTML."""
