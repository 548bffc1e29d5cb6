"""Read one YAML file of a content folder, and report why if that fails."""

from __future__ import annotations

from stufenweise.load.content_builder import ContentBuilder
from stufenweise.model.paths import ContentPath, shown_path
from stufenweise.source.files.decoding import MAX_YAML_BYTES, read_text
from stufenweise.source.yaml.yaml_positions import YamlDocument, read_yaml


def read_yaml_file(builder: ContentBuilder, path: ContentPath, data: bytes) -> YamlDocument | None:
    """Return the document of a file and note it in `loaded`; report problems and return None if it can't be read.

    Args:
        builder: Takes the document and the problems.
        path: Path of the file below the content folder.
        data: Its bytes.
    """
    file = shown_path(builder.shown_content, path)
    decoded = read_text(data, file, MAX_YAML_BYTES)
    builder.problems += decoded.problems
    if decoded.text is None:
        builder.unreadable_data.add(path)
        return None
    document = read_yaml(decoded.text, file)
    builder.data_documents[path] = document
    builder.problems += document.problems
    if document.problems:
        builder.unreadable_data.add(path)
        return None
    return document
