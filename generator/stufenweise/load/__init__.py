"""Source texts to a `LoadResult`: typed objects, or problems with their place."""
