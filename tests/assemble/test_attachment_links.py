"""A link to an attachment names the file type and size and downloads it, on every page."""

from __future__ import annotations

import io
import zipfile

import pytest
from stufenweise.assemble.attachment_links import with_attachments
from stufenweise.i18n.labels import package_labels
from stufenweise.render.sanitiser import sanitise
from stufenweise.source.files.attachments import MAX_UNPACKED, OFFICE, office_fault
from stufenweise.source.markdown.markdown_rendering import markdown_to_html

SIZES = {"tutorials/files/plan.docx": 34_560, "files/start.pdf": 1_234_567}


PLAN = '<a download="plan.docx" href="{}">Plan (DOCX, 35 kB)</a>'
START = '<a download="start.pdf" href="files/start.pdf#page=2" title="Los">Start (PDF, 1.235 kB)</a>'


@pytest.mark.parametrize(
    ("page", "written", "shown"),
    [
        ("tutorials/a.md", "[Plan](files/plan.docx)", PLAN.format("files/plan.docx")),
        ("checklists/level-1.md", "[Plan](files/plan.docx)", PLAN.format("../tutorials/files/plan.docx")),
        (
            "index.md",
            '[Start](files/start.pdf#page=2 "Los")',
            START,
        ),
        ("tutorials/a.md", "[Ziel](../goals.md)", '<a href="../goals.md">Ziel</a>'),
    ],
)
def test_a_link_says_type_and_size(page: str, written: str, shown: str) -> None:
    html = sanitise(markdown_to_html(with_attachments(f"Die {written} hier.", page, SIZES, package_labels("de"))))
    assert html.strip() == f"<p>Die {shown} hier.</p>"


def test_code_stays_as_it_is() -> None:
    code = "```\n[Plan](files/plan.docx)\n```"
    assert with_attachments(code, "tutorials/a.md", SIZES, package_labels("de")) == code


def test_a_document_that_unpacks_to_far_too_much_is_refused_unopened() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", OFFICE[".docx"])
        archive.writestr("word/document.xml", b"")
    data = bytearray(packed.getvalue())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (MAX_UNPACKED + 1).to_bytes(4, "little")
    assert office_fault(bytes(data), OFFICE[".docx"]) == "large"
