"""Make the fonts of handouts and pages from Source Sans 3.

    python tools/fonts.py [FOLDER_FOR_HANDOUTS FOLDER_FOR_PAGES]

Typesetting a handout in Source Sans 3 spends more than a quarter of its time looking for pairs of letters in seventeen
kerning tables, most of them for Greek and Cyrillic. The fonts made here have the letters of Latin script, the same
outlines, and the same kerning in one table. Other letters are taken from the original fonts. A modified font must not
use the reserved name "Source" (SIL Open Font License 1.1, 3), so it has a name of its own.

Pages use one variable font for both weights, which is smaller than two fonts. It is in two files: every page loads the
characters of German and English; a browser loads the other Latin letters for pages that have one of them. WOFF2
compresses TrueType curves better than PostScript curves.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from fontTools import subset, varLib
from fontTools.cu2qu import curves_to_quadratic
from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.reverseContourPen import ReverseContourPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph

ROOT = Path(__file__).parent.parent
FONTS = ROOT / "generator" / "stufenweise" / "core" / "fonts"
WEB_FONTS = ROOT / "overrides" / "assets" / "fonts"
FAMILY = "Stufenweise Sans"
STYLES = {"Regular": "Regular", "It": "Italic", "Semibold": "Semibold", "SemiboldIt": "Semibold Italic"}
CHARACTERS = (
    "U+0020-017F,U+0192,U+0218-021B,U+0259,U+02C6-02DD,U+1E00-1EFF,U+2000-206F,U+20A0-20BF,U+2100-214F,"
    "U+2190-2199,U+2200-22FF,U+25A0-25FF,U+2600-27BF"
)
"""Latin, punctuation, currencies, arrows, and the characters of checklists."""
WEB_STYLES = {"Regular": 400, "Semibold": 600}
"""Weights between which the variable font of pages varies."""
WEB_CHARACTERS = {
    "": (
        "U+0020-007E,U+00A0,U+00A7,U+00AB,U+00AD,U+00B0,U+00B7,U+00BB,U+00C4,U+00D6,U+00D7,U+00DC,U+00DF,U+00E4,"
        "U+00E8,U+00E9,U+00F6,U+00FC,U+2010-2014,U+2018-201E,U+2022,U+2026,U+2032,U+203A,U+20AC,U+2190-2193,U+2212,"
        "U+25CB,U+25CF,U+2713"
    ),
    "-more": (
        "U+00A1-00A6,U+00A8-00AA,U+00AC,U+00AE-00AF,U+00B1-00B6,U+00B8-00BA,U+00BC-00C3,U+00C5-00D5,U+00D8-00DB,"
        "U+00DD-00DE,U+00E0-00E3,U+00E5-00E7,U+00EA-00F5,U+00F7-00FB,U+00FD-017F,U+0192,U+0218-021B,U+02C6-02DD,"
        "U+1E9E,U+2020-2021,U+2030,U+2033,U+2039,U+2122"
    ),
}
"""Characters of the fonts of pages, by the end of the file's name; fonts.css has the second set as `unicode-range`."""
KERNED = (range(0x250), range(0x1E00, 0x1F00), range(0x2010, 0x203B))
"""Characters that are kerned: letters, digits, punctuation."""
KERNING_STEP = 10
"""Kerning on pages is rounded to this number of font units, a thousandth of the font size each; less is not visible."""
CURVE_TOLERANCE = 2.0
"""Largest distance between a TrueType curve and its PostScript original in font units: 0.04 pixels on a page."""
WEIGHT_AXIS = "Weight"
UNUSED = (
    "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
    "maxSizeOfInstructions", "maxComponentElements",
)  # fmt: skip
"""Limits of programs in a font; our fonts have no programs."""
BOX, SQUARE = 0x2610, 0x25A1


def kerning(font: TTFont, glyphs: set[str]) -> Iterator[tuple[str, str, int]]:
    """Yield each kerned pair of glyphs with its distance in font units; the first table with the pair decides."""
    tables = [
        getattr(table, "ExtSubTable", table)
        for lookup in font["GPOS"].table.LookupList.Lookup
        for table in lookup.SubTable
    ]
    for left in sorted(glyphs):
        distances: dict[str, int] = {}
        for table in tables:
            if left not in table.Coverage.glyphs:
                continue
            if table.Format == 1:
                for record in table.PairSet[table.Coverage.glyphs.index(left)].PairValueRecord:
                    distances.setdefault(record.SecondGlyph, _advance(record.Value1))
                continue
            records = table.Class1Record[table.ClassDef1.classDefs.get(left, 0)].Class2Record
            for right in glyphs:
                distances.setdefault(right, _advance(records[table.ClassDef2.classDefs.get(right, 0)].Value1))
            break
        yield from (
            (left, right, distance) for right, distance in sorted(distances.items()) if distance and right in glyphs
        )


def _advance(value: object) -> int:
    return int(getattr(value, "XAdvance", 0) or 0)


def handout_font(source: Path, style: str) -> TTFont:
    """Return the font of handouts made from `source`."""
    options = subset.Options(
        layout_features=["kern"], desubroutinize=True, hinting=False, name_IDs=["*"], notdef_outline=True
    )
    options.drop_tables += ["GSUB", "GDEF", "BASE", "DSIG"]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(CHARACTERS))
    subsetter.subset(font)
    _kern(font, _pairs(font))
    letters = font.getBestCmap()
    for table in font["cmap"].tables:
        # The box of Source Sans has a shadow; a box to tick is a plain square
        if BOX in table.cmap:
            table.cmap[BOX] = letters[SQUARE]
    _name(font, style)
    return font


def _kern(font: TTFont, pairs: Mapping[tuple[str, str], int]) -> None:
    """Replace the kerning of a font by one table."""
    rules = "".join(
        f"pos {left} {right} {distance};\n" for (left, right), distance in sorted(pairs.items()) if distance
    )
    if "GPOS" in font:
        del font["GPOS"]
    addOpenTypeFeaturesFromString(
        font, f"languagesystem DFLT dflt;\nlanguagesystem latn dflt;\nfeature kern {{\n{rules}}} kern;\n"
    )


def _pairs(font: TTFont) -> dict[tuple[str, str], int]:
    """Return the distances of all kerned pairs in font units."""
    glyphs = {name for character, name in font.getBestCmap().items() if any(character in letters for letters in KERNED)}
    return {(left, right): distance for left, right, distance in kerning(font, glyphs)}


def _name(font: TTFont, style: str) -> None:
    """Give a font its own name; authors and licence stay."""
    full, code = f"{FAMILY} {style}", f"{FAMILY}-{style}".replace(" ", "")
    names = {1: FAMILY if style in {"Regular", "Italic"} else f"{FAMILY} Semibold", 4: full, 6: code, 3: code}
    names |= {16: FAMILY, 17: style}
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in {0, 2, 5, 13, 14} or record.nameID in names]
    for record in table.names:
        if record.nameID in names:
            record.string = names[record.nameID]
    top = font["CFF "].cff
    top.fontNames[0] = code
    top.topDictIndex[0].FullName, top.topDictIndex[0].FamilyName = full, FAMILY


def web_font(sources: Mapping[int, Path], characters: str) -> TTFont:
    """Return a variable font for pages with some characters of the fonts of handouts, given by weight."""
    fonts = [_subset(source, characters) for source in sources.values()]
    kernings = [_pairs(font) for font in fonts]
    _to_truetype(fonts)
    space = DesignSpaceDocument()
    space.addAxis(_weights(*sources))
    for weight, font in zip(sources, fonts, strict=True):
        del font["GPOS"]
        master = SourceDescriptor()
        master.font, master.location = font, {WEIGHT_AXIS: weight}
        space.addSource(master)
    font, *_ = varLib.build(space, exclude=["MVAR", "STAT"])
    means = {
        pair: int(sum(distances.get(pair, 0) for distances in kernings) / len(kernings) / KERNING_STEP) * KERNING_STEP
        for pair in set().union(*kernings)
    }
    _kern(font, means)
    font.flavor = "woff2"
    return font


def _subset(source: Path, characters: str) -> TTFont:
    options = subset.Options(layout_features=["kern"], hinting=False, name_IDs=[1, 2, 4, 6])
    font = TTFont(source, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(characters))
    subsetter.subset(font)
    return font


def _weights(first: int, last: int) -> AxisDescriptor:
    axis = AxisDescriptor()
    axis.tag, axis.name, axis.minimum, axis.default, axis.maximum = "wght", WEIGHT_AXIS, first, first, last
    return axis


def _to_truetype(fonts: Sequence[TTFont]) -> None:
    """Convert the outlines of fonts to TrueType, with the same points in all fonts."""
    order = fonts[0].getGlyphOrder()
    outlines = [newTable("glyf") for _ in fonts]
    for table in outlines:
        table.glyphOrder, table.glyphs = order, {}
    for name in order:
        for table, glyph in zip(outlines, _quadratic([font.getGlyphSet()[name] for font in fonts]), strict=True):
            table.glyphs[name] = glyph
            glyph.recalcBounds(table)
    for font, table in zip(fonts, outlines, strict=True):
        del font["CFF "]
        font["glyf"], font["loca"] = table, newTable("loca")
        font.sfntVersion = "\x00\x01\x00\x00"
        font["maxp"].tableVersion, font["maxp"].maxZones = 0x00010000, 1
        for limit in UNUSED:
            setattr(font["maxp"], limit, 0)


def _quadratic(glyphs: Sequence[Any]) -> list[Glyph]:
    """Convert the same glyph of several fonts to TrueType curves."""
    records = [RecordingPen() for _ in glyphs]
    for glyph, record in zip(glyphs, records, strict=True):
        glyph.draw(record)
    pens = [TTGlyphPen(None) for _ in glyphs]
    reversing_pens = [ReverseContourPen(pen) for pen in pens]
    last: list[tuple[float, float]] = []
    for steps in zip(*(record.value for record in records), strict=True):
        (kind,) = {kind for kind, _ in steps}
        points = [list(control_points) for _, control_points in steps]
        if kind == "curveTo":
            curves = [[start, *control_points] for start, control_points in zip(last, points, strict=True)]
            points = [curve[1:] for curve in curves_to_quadratic(curves, [CURVE_TOLERANCE] * len(curves))]
            kind = "qCurveTo"
        for pen, control_points in zip(reversing_pens, points, strict=True):
            getattr(pen, kind)(*control_points)
        last = [control_points[-1] for control_points in points] if points[0] else last
    return [pen.glyph() for pen in pens]


def main(handouts: Path, pages: Path) -> None:
    """Write all fonts to two folders."""
    for short, style in STYLES.items():
        handout_font(FONTS / f"SourceSans3-{short}.otf", style).save(handouts / f"StufenweiseSans-{short}.otf")
    sources = {weight: handouts / f"StufenweiseSans-{style}.otf" for style, weight in WEB_STYLES.items()}
    for end, characters in WEB_CHARACTERS.items():
        web_font(sources, characters).save(pages / f"stufenweise-sans{end}.woff2")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]) if len(sys.argv) > 2 else (FONTS, WEB_FONTS))
