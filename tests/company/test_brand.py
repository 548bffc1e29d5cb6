"""A company's colours, logo, styles, contacts and feedback: they reach every page, are legible, and are checked."""

from __future__ import annotations

import colorsys
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import LOOKS_OF, findings_in_every_look
from commands import run
from conftest import built, make_project
from once import once
from playwright.sync_api import Browser, Page
from stufenweise.config.brand_colours import (
    DARK,
    LIGHT,
    MIN_TEXT_CONTRAST,
    WHITE,
    backgrounds_of,
    brand_styles,
    contrast,
    dark_palette,
    dark_text,
    light_palette,
    lowest_contrast,
    readable,
    text_on,
)
from texts import SMALL_LIBRARY, replace_once

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#fff"/></svg>'
LOCAL = """## So heißt das bei uns {#local}

Unser [Netz](second.de.md) heißt **Rotes Buch**.

- Fragen: im Kanal, sonst an {{ help_desk }}.

"""
OPTIONS = """      colour: "#1b2a6b"
      accent: "#a84300"
      contacts:
        coordinator: mailto:mentoring@example.org
        guidelines: https://intranet.example.org/guidelines
        data_protection: none
        help_desk: tel:+49-30-1234
      vocabulary: {de: {help_desk: {base: servicepunkt}}}
      feedback: "https://forms.example.org/?tutorial={slug}&from=site"
"""


def branded(folder: Path, options: str = OPTIONS, extra: str = "extra_css: [assets/house.css]") -> Path:
    """Write a company's project with a brand, and return its mkdocs.yml."""
    config = make_project(folder, content=SMALL_LIBRARY, extra=extra, options=options)
    (folder / "theme" / "assets").mkdir(parents=True)
    (folder / "theme" / "logo.svg").write_text(LOGO, encoding="utf-8")
    (folder / "theme" / "assets" / "house.css").write_text(
        ".md-typeset h1 { letter-spacing: 0.02em; }\n", encoding="utf-8"
    )
    replace_once(config, "site_name: Stufenweise", "site_name: Haus Nord")
    theme = "  name: material\n"
    replace_once(config, theme, f"{theme}  custom_dir: theme\n  logo: logo.svg\n  favicon: logo.svg\n")
    first = folder / "content" / "tutorials" / "first.de.md"
    replace_once(first, "## Für die Mentorin", f"{LOCAL}## Für die Mentorin")
    return config


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "brand", lambda folder: built(branded(folder))) / "site"


def colours() -> Iterator[str]:
    """Yield colours of all hues, pale and strong, light and dark."""
    for hue in range(0, 360, 15):
        for saturation in (0.2, 0.6, 1.0):
            for value in (0.15, 0.5, 0.85, 1.0):
                red, green, blue = colorsys.hsv_to_rgb(hue / 360, saturation, value)
                yield f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.01)
    assert contrast("#1b2a6b", "#1b2a6b") == pytest.approx(1)


def test_the_nearest_readable_colour_can_be_read_and_is_the_same_where_it_can() -> None:
    for colour in colours():
        found = readable(colour)
        assert lowest_contrast(found, backgrounds_of(found))[0] >= MIN_TEXT_CONTRAST - 0.05, (colour, found)
        if lowest_contrast(colour, backgrounds_of(colour))[0] >= MIN_TEXT_CONTRAST:
            assert found == colour


def test_a_readable_colour_keeps_its_hue() -> None:
    def hue(colour: str) -> float:
        return colorsys.rgb_to_hsv(*(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)))[0]

    for colour in ("#ffcc00", "#7fd3ff", "#ff9fb0", "#9be37a"):
        assert abs(hue(readable(colour)) - hue(colour)) < 0.06


@pytest.mark.parametrize("colour", ["#ffcc00", "#17505c", "#808080", "#ff0000", "#777777", "#00ff00"])
def test_a_head_of_any_colour_has_text_that_can_be_read(colour: str) -> None:
    styles = brand_styles(None, None, colour)
    text = text_on(colour)
    assert contrast(text, colour) >= MIN_TEXT_CONTRAST
    assert f"--md-primary-fg-color: {colour}" in styles
    assert f"--md-primary-bg-color: {text}" in styles
    assert "--md-typeset-a-color" not in styles, "links keep their own colour"


def test_colours_derived_from_a_readable_one_are_readable() -> None:
    for colour in map(readable, colours()):
        day, night = light_palette(colour), dark_palette(colour)
        assert lowest_contrast(day.link, (*LIGHT, day.brand_soft))[0] >= MIN_TEXT_CONTRAST - 0.05, colour
        assert contrast(WHITE, day.brand) >= MIN_TEXT_CONTRAST - 0.05
        assert contrast("#23292b", day.brand_soft) >= MIN_TEXT_CONTRAST
        assert contrast(WHITE, night.brand) >= MIN_TEXT_CONTRAST, colour
        assert contrast("#e6e8e6", night.brand_soft) >= MIN_TEXT_CONTRAST, colour
        assert lowest_contrast(night.link, (*DARK, night.brand_soft))[0] >= MIN_TEXT_CONTRAST, colour
        assert lowest_contrast(dark_text(colour), DARK)[0] >= MIN_TEXT_CONTRAST, colour


@pytest.mark.build
@pytest.mark.parametrize("path", ["de/tutorials/first", "de/programmes/planner"])
def test_axe_finds_nothing_on_a_branded_page(browser: Browser, site: Path, path: str) -> None:
    """The test above computes that all derived colours are legible."""
    page = browser.new_page()
    page.goto((site / path / "index.html").as_uri())
    assert findings_in_every_look(page, LOOKS_OF["de"]) == []
    page.close()


def computed(page: Page, selector: str, what: str) -> str:
    return str(page.evaluate(f"getComputedStyle(document.querySelector({selector!r})).{what}"))


@pytest.mark.build
def test_name_logo_colour_and_own_styles_reach_every_page(browser: Browser, site: Path) -> None:
    page = browser.new_page(color_scheme="light")
    for path in ("de", "de/tutorials/first", "en/levels/level-1", "en/checklists", "de/programmes/goal-sheet"):
        page.goto((site / path / "index.html").as_uri())
        assert computed(page, ".md-header", "backgroundColor") == "rgb(27, 42, 107)"
        assert computed(page, ".md-typeset h1", "letterSpacing") != "normal"
        assert "Haus Nord" in page.title()
        assert page.locator(".md-header__button.md-logo img").first.evaluate("image => image.naturalWidth") > 0
        assert (page.locator("link[rel=icon]").get_attribute("href") or "").endswith("logo.svg")
    page.close()


@pytest.mark.build
def test_the_start_page_has_the_companys_colour(site: Path) -> None:
    [style] = site.glob("start.*.css")
    assert "--brand: #1b2a6b;" in style.read_text(encoding="utf-8")
    assert style.name in (site / "index.html").read_text(encoding="utf-8")
    assert style.name in (site / "404.html").read_text(encoding="utf-8")
    night = dark_palette("#1b2a6b").link
    assert contrast(night, "#1a1b21") >= MIN_TEXT_CONTRAST
    assert contrast(night, "#23252d") >= MIN_TEXT_CONTRAST
    assert contrast(night, "#102227") >= MIN_TEXT_CONTRAST


@pytest.mark.build
def test_a_companys_addition_stands_in_a_box(browser: Browser, site: Path) -> None:
    page = browser.new_page(color_scheme="light")
    page.goto((site / "de/tutorials/first/index.html").as_uri())
    ground = light_palette("#1b2a6b").brand_soft
    found = page.evaluate(
        "[...document.querySelectorAll('#local, #local ~ *')]"
        ".map((one) => [one.tagName, one.id, getComputedStyle(one).backgroundColor])"
    )
    rgb = f"rgb({', '.join(str(int(ground[at : at + 2], 16)) for at in (1, 3, 5))})"
    boxed = [(tag, own) for tag, own, colour in found if colour == rgb]
    assert boxed == [("H2", "local"), ("P", ""), ("UL", "")]
    page.close()


@pytest.mark.build
def test_own_styles_come_after_ours(site: Path) -> None:
    html = (site / "de" / "index.html").read_text(encoding="utf-8")
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
    assert sheets[-1].endswith("house.css")


@pytest.mark.build
def test_no_colour_is_an_inline_style(site: Path) -> None:
    assert "style=" not in re.sub(
        r"<svg.*?</svg>", "", (site / "de" / "index.html").read_text(encoding="utf-8"), flags=re.DOTALL
    )


@pytest.mark.build
def test_contacts_are_links_in_the_companys_words_and_what_is_not_set_is_visible(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "de" / "index.html").as_uri())
    box = page.get_by_role("region", name="Wer hilft")
    links = {link.inner_text(): link.get_attribute("href") for link in box.get_by_role("link").all()}
    assert links == {
        "mentoring@example.org": "mailto:mentoring@example.org",
        "intranet.example.org/guidelines": "https://intranet.example.org/guidelines",
        "+49-30-1234": "tel:+49-30-1234",
    }
    assert box.locator("dt").all_inner_texts() == ["Programmkoordination", "Betriebsrat", "Richtlinien", "Servicepunkt"]
    assert box.get_by_text("noch nicht eingetragen").count() == 1
    page.close()


@pytest.mark.build
def test_feedback_carries_the_slug_and_nothing_else(site: Path) -> None:
    for language in ("de", "en"):
        html = (site / language / "tutorials" / "first" / "index.html").read_text(encoding="utf-8")
        [link] = re.findall(r'<p class="feedback"><a href="([^"]+)" rel="noreferrer">', html)
        assert link == "https://forms.example.org/?tutorial=first&amp;from=site"
    assert 'class="feedback"' not in (site / "de" / "index.html").read_text(encoding="utf-8")


def test_without_settings_there_is_neither_contact_nor_feedback(built_site: Path) -> None:
    for path in ("de/index.html", "de/tutorials/find-people/index.html"):
        html = (built_site / path).read_text(encoding="utf-8")
        assert 'class="contacts"' not in html
        assert 'class="feedback"' not in html


def problems(config: Path, *arguments: str) -> list[tuple[str, str]]:
    result = run(config, "check", *arguments)
    assert result.exit_code == 2
    return re.findall(r"^mkdocs\.yml:(\d+):\d+: error \[([a-z-]+)\]", result.stderr, re.MULTILINE)


def test_a_colour_that_cannot_be_read_is_reported_with_the_nearest_that_can(tmp_path: Path) -> None:
    config = branded(tmp_path, OPTIONS.replace("#1b2a6b", "#ffcc00"))
    result = run(config, "check")
    assert result.exit_code == 2
    assert "error [colour-contrast] colour: #ffcc00 on " in result.stderr
    assert f'The nearest readable colour is "{readable("#ffcc00")}".' in result.stderr


def test_everything_wrong_with_a_brand_is_reported_in_one_run(tmp_path: Path) -> None:
    config = branded(
        tmp_path,
        OPTIONS.replace("#1b2a6b", "#ffcc00")
        .replace("#a84300", "blue")
        .replace("{slug}", "slug")
        .replace("tel:+49", "call 49"),
        "extra_css: [assets/hous.css, 'https://cdn.example.org/x.css']\n"
        "extra_javascript:\n  - path: nowhere.js\n    defer: true",
    )
    (tmp_path / "theme" / "logo.svg").write_text(
        LOGO.replace("<path", "<script>alert(1)</script><path"), encoding="utf-8"
    )
    text = config.read_text(encoding="utf-8").replace("favicon: logo.svg", "favicon: icon.gif")
    config.write_text(text, encoding="utf-8")
    codes = sorted(code for _, code in problems(config))
    assert "theme/logo.svg:1:" in run(config, "check").stderr
    assert codes == sorted(
        [
            "bad-form",
            "bad-form",
            "bad-form",
            "brand-missing",
            "brand-missing",
            "brand-foreign",
            "brand-missing",
            "colour-contrast",
        ]
    )
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("logo", "code"),
    [
        ("../secret.svg", "brand-missing"),
        ("https://example.org/logo.svg", "brand-foreign"),
        ("logo.txt", "brand-kind"),
    ],
)
def test_a_logo_is_an_own_file_of_an_allowed_kind(tmp_path: Path, logo: str, code: str) -> None:
    config = branded(tmp_path)
    (tmp_path / "secret.svg").write_text(LOGO, encoding="utf-8")
    (tmp_path / "theme" / "logo.txt").write_text("logo", encoding="utf-8")
    config.write_text(config.read_text(encoding="utf-8").replace("logo: logo.svg", f"logo: {logo}"), encoding="utf-8")
    assert [problem for _, problem in problems(config)] == [code]


@pytest.mark.thorough
def test_missing_contacts_are_named_where_a_company_has_begun(tmp_path: Path) -> None:
    config = branded(tmp_path, f"{OPTIONS}      overlay: true\n")
    said = run(config, "check").stderr
    assert "Not set yet (contacts in mkdocs.yml): works_council." in said
    annotated = run(config, "check", "--format", "github").stdout
    assert "::notice file=mkdocs.yml::Not set yet (contacts in mkdocs.yml): works_council.\n" in annotated
    assert json.loads(run(config, "check", "--format", "gitlab").stdout) is not None
    plain = make_project(tmp_path / "plain", content=SMALL_LIBRARY)
    assert "Not set yet" not in run(plain, "check").stderr
