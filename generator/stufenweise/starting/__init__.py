"""Start a company's own project over the content of the package."""
