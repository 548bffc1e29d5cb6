"""The files of a content folder: which there are, their names and limits, and their text without bytes that harm."""
