"""From the library to PDF handouts: Markdown to trees of nodes, template data, Typst, and a cache of PDFs."""
