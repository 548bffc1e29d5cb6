"""Paper: from the library to PDFs.

Markdown becomes nodes, leaves and sheets say what is printed, Typst sets it, a shelf keeps what is done.
"""
