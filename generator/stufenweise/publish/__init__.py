"""From rendered pages to the published site: start page, redirects, site map, lock, atomic swap, clean-up."""
