"""Pages of PDF files as pictures, with the places of a quote on them."""

from interfaces.pdf.matching import Rectangle, find_on_page
from interfaces.pdf.page import Box, PdfPage, open_page
from interfaces.pdf.pictures import Pictures

__all__ = ["Box", "PdfPage", "Pictures", "Rectangle", "find_on_page", "open_page"]
