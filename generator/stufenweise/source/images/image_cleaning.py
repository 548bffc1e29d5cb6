"""Clean an image before anything else reads it, so that site, handouts and packages all use the clean one."""

from __future__ import annotations

from stufenweise.source.images.cleaned_image import CleanedImage
from stufenweise.source.images.image_metadata import without_metadata
from stufenweise.source.images.svg_cleaning import clean_drawing

MAX_NAMES = 6
"""Most removed items of an image that a message names."""


def clean_image(path: str, data: bytes) -> CleanedImage:
    """Return an image without invisible data; its path tells its kind."""
    cleaned = clean_drawing(data) if path.lower().endswith(".svg") else without_metadata(data)
    return CleanedImage(cleaned.data, cleaned.left_out[:MAX_NAMES])
