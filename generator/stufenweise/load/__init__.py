"""Load source texts into a `LoadResult`: typed objects, or problems with their places."""
