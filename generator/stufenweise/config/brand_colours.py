"""Check the contrast of a company's colours, and derive further colours from them.

Contrast is that of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio); lighter and darker are steps of
lightness in OKLCH, which keeps the hue (https://www.w3.org/TR/css-color-4/#ok-lab).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

MIN_TEXT_CONTRAST = 4.5
"""Least contrast of text (WCAG 2.2, 1.4.3)."""
WHITE = "#ffffff"
BLACK = "#000000"
"""Text colours; on any background at least one of them has enough contrast."""
LIGHT = ("#fdfcf9", "#ffffff")
"""Grounds of the light look: page and card; see colours.css."""
DARK = ("#14191b", "#1c2326")
"""Grounds of the dark look."""
STEP = 0.005
"""Step of lightness between two tries; lightness is between 0 and 1."""

_TINT = (0.94, 0.02)
_SHADE = (0.33, 0.05)
_DARK_TINT = (0.33, 0.035)
_SOFT = (0.8, 0.1)
"""Lightness and greatest chroma of the colours derived from a company's."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of the site's custom properties in one look."""

    brand: str
    """Ground of the head, with white text."""
    brand_soft: str
    """Ground of notes, with text and links."""
    link: str


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lowest_contrast(colour: str, backgrounds: Iterable[str]) -> tuple[float, str]:
    """Return the least contrast of a colour with backgrounds, and the background."""
    return min((contrast(colour, background), background) for background in backgrounds)


def backgrounds_of(colour: str) -> tuple[str, ...]:
    """Return the backgrounds below a company's colour, and the text colour above it, in the light look."""
    return (*LIGHT, WHITE, light_palette(colour).brand_soft)


@lru_cache
def readable(colour: str) -> str:
    """Return the colour, or the nearest of its hue with enough contrast in the light look."""
    lightness, chroma, hue = _oklch(colour)
    candidate = colour.lower()
    while lightness > 0 and lowest_contrast(candidate, backgrounds_of(colour))[0] < MIN_TEXT_CONTRAST:
        lightness -= STEP
        candidate = _hex(lightness, chroma, hue)
    return candidate


@lru_cache
def light_palette(colour: str) -> Palette:
    """Return the colours of the light look."""
    return Palette(colour.lower(), _like(colour, *_TINT), colour.lower())


@lru_cache
def dark_palette(colour: str) -> Palette:
    """Return the colours of the dark look: a dark head, links that can be read."""
    brand, soft = _like(colour, *_SHADE), _like(colour, *_DARK_TINT)
    return Palette(brand, soft, dark_text(colour, soft))


def dark_text(colour: str, *backgrounds: str) -> str:
    """Return a colour of the same hue with enough contrast on the backgrounds of the dark look."""
    _, chroma, hue = _oklch(colour)
    lightness, max_chroma = _SOFT
    candidate = _hex(lightness, min(chroma, max_chroma), hue)
    while lightness < 1 and lowest_contrast(candidate, (*DARK, *backgrounds))[0] < MIN_TEXT_CONTRAST:
        lightness += STEP
        candidate = _hex(lightness, min(chroma, max_chroma), hue)
    return candidate


def text_on(background: str) -> str:
    """Return the text colour for a background: white or black, whichever has more contrast."""
    return max((WHITE, BLACK), key=lambda colour: contrast(colour, background))


def brand_styles(colour: str | None, accent: str | None, header: str | None = None) -> str:
    """Return a style sheet that replaces our colours by a company's; empty without any."""
    light, dark = [], []
    if colour:
        day, night = light_palette(colour), dark_palette(colour)
        light += [f"--sw-brand: {day.brand}", f"--sw-brand-soft: {day.brand_soft}"]
        dark += [f"--sw-brand: {night.brand}", f"--sw-brand-soft: {night.brand_soft}"]
    if accent:
        light.append(f"--sw-accent: {accent.lower()}")
        dark.append(f"--sw-accent: {dark_text(accent)}")
    rules = []
    if light:
        rules += [_rule(':root,\n[data-md-color-scheme="default"]', light)]
        rules += [_rule('[data-md-color-scheme="slate"]', dark)]
    if colour:
        rules += [
            _rule('[data-md-color-primary="custom"]', [f"--md-typeset-a-color: {day.link}"]),
            _rule(
                '[data-md-color-scheme="slate"][data-md-color-primary="custom"]',
                [f"--md-typeset-a-color: {night.link}"],
            ),
        ]
    if header:
        head = [f"--md-primary-fg-color: {header.lower()}", f"--md-primary-bg-color: {text_on(header)}"]
        head.append(f"--md-primary-bg-color--light: {text_on(header)}")
        rules.append(_rule(".md-header,\n.md-tabs", [*head, f"color: {text_on(header)}"]))
    return "".join(rules)


def start_styles(colour: str | None) -> str:
    """Return a style sheet that replaces our colour by a company's on the start page, above the languages."""
    if not colour:
        return ""
    night = dark_palette(colour).link
    day = _rule(":root", [f"--brand: {colour.lower()}", f"--brand-strong: {colour.lower()}"])
    dark = _rule(":root", [f"--brand: {night}", f"--brand-strong: {night}"])
    return f"{day}@media (prefers-color-scheme: dark) {{\n{dark}}}\n"


def _rule(selector: str, declarations: list[str]) -> str:
    lines = "".join(f"  {declaration};\n" for declaration in declarations)
    return f"{selector} {{\n{lines}}}\n"


def _like(colour: str, lightness: float, max_chroma: float) -> str:
    """Return a colour of the same hue with another lightness and limited chroma."""
    _, chroma, hue = _oklch(colour)
    return _hex(lightness, min(chroma, max_chroma), hue)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklch(colour: str) -> tuple[float, float, float]:
    """Return lightness, chroma and hue (in radians) of a colour."""
    red, green, blue = _channels(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _hex(lightness: float, chroma: float, hue: float) -> str:
    """Return a colour as "#rrggbb", with less chroma if a screen can't show it."""
    while True:
        a, b = chroma * math.cos(hue), chroma * math.sin(hue)
        long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
        medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
        short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
        channels = (
            4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
        )
        if chroma <= 0 or all(-0.0005 <= channel <= 1.0005 for channel in channels):
            return "#" + "".join(f"{_byte(channel):02x}" for channel in channels)
        chroma = max(0.0, chroma - 0.002)


def _byte(linear: float) -> int:
    value = min(max(linear, 0.0), 1.0)
    return round(255 * (12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055))
