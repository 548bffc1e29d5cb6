"""Our theme is made from the installed one: patched, without inline scripts; a changed theme stops the build."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT
from stufenweise.core.errors import MachineError
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.render.builder_command import BuilderName
from stufenweise.render.theme import SCRIPTS, builder_theme, generated, take_out, theme_patches, write_theme

# Digests of the partials of mkdocs-material 9.8.1 that hold inline scripts. If one differs, look at what the new script
# does with the page's values before you write the new digest here.
KNOWN = {
    "base": "d6113712bc4deb30",
    "palette": "8790389765ea6036",
    "content": "3722e156f0f6339d",
    "announce": "fbc798036968edbf",
    "consent": "6dc38ea451a27ffd",
    "outdated": "13165dec361fce13",
}
INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)")


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    """Return a copy of the installed templates, to be changed."""
    copy = tmp_path / "material"
    shutil.copytree(builder_theme("mkdocs"), copy, ignore=shutil.ignore_patterns(".icons", "assets"))
    return copy


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_inline_scripts_are_those_that_were_read(name: str) -> None:
    data = (builder_theme("mkdocs") / "partials" / "javascripts" / f"{name}.html").read_bytes()
    assert hashlib.sha256(data).hexdigest()[:16] == KNOWN[name]


@pytest.mark.parametrize("builder", ["mkdocs", "zensical"])
def test_no_generated_template_has_an_inline_script(builder: BuilderName) -> None:
    for path, data in generated(builder_theme(builder)).items():
        if path.endswith(".html"):
            assert not INLINE.search(data.decode()), path


def test_each_script_is_named_by_its_content() -> None:
    for path, data in generated(builder_theme("mkdocs")).items():
        if path.endswith(".js"):
            assert path.endswith(f".{hashlib.sha256(data).hexdigest()[:8]}.js")


def test_a_value_reaches_its_script_as_an_attribute() -> None:
    template, scripts = take_out("base", '<script>x=new URL("{{ base_url }}",location)</script>')
    assert list(scripts.values()) == ["x=new URL(document.currentScript.dataset.value0,location)\n"]
    assert 'data-value0="{{ base_url }}"' in template


def test_a_script_with_logic_in_it_is_refused() -> None:
    with pytest.raises(MachineError, match="theme-script-value"):
        take_out("base", "<script>x={{ value }}</script>")


def test_an_unknown_inline_script_is_refused(theme: Path) -> None:
    (theme / "partials" / "new.html").write_text("<script>new()</script>", encoding="utf-8")
    with pytest.raises(MachineError, match=r"theme-inline-script, path=partials/new.html"):
        generated(theme)


def test_a_patch_that_finds_no_place_is_refused(theme: Path) -> None:
    header = theme / "partials" / "header.html"
    header.write_text(header.read_text(encoding="utf-8").replace("config.extra.alternate", ""), encoding="utf-8")
    with pytest.raises(MachineError, match=r"path=partials/header.html, count=0"):
        generated(theme)


def test_a_missing_partial_is_refused(theme: Path) -> None:
    (theme / "partials" / "javascripts" / "palette.html").unlink()
    with pytest.raises(MachineError, match=r"theme-file-missing, path=.*palette.html"):
        generated(theme)


@pytest.mark.parametrize("name", ["bundle.0123abcd.min.js", "bundle.js", "app/main-9.9.0.min.js"])
def test_a_release_that_only_renames_its_bundle_is_patched(theme: Path, name: str) -> None:
    base = theme / "base.html"
    renamed = re.sub(
        r"assets/javascripts/bundle[^']*\.js", f"assets/javascripts/{name}", base.read_text(encoding="utf-8")
    )
    base.write_text(renamed, encoding="utf-8")
    expected = f"<script src=\"{{{{ 'assets/javascripts/{name}' | url }}}}\" defer></script>"
    assert expected in generated(theme)["base.html"].decode()


def test_a_release_that_only_renames_variables_is_patched(theme: Path) -> None:
    base = theme / "partials" / "javascripts" / "base.html"
    text = base.read_text(encoding="utf-8")
    old = '__md_get=(e,_=localStorage,t=__md_scope)=>JSON.parse(_.getItem(t.pathname+"."+e))'
    new = '__md_get=(q,r=localStorage,s=__md_scope)=>JSON.parse(r.getItem(s.pathname+"."+q))'
    assert old in text
    base.write_text(text.replace(old, new), encoding="utf-8")
    scripts = [data.decode() for path, data in generated(theme).items() if "/inline/base." in path]
    assert (
        '__md_get=(q,r,s=__md_scope)=>{try{return JSON.parse((r||localStorage).getItem(s.pathname+"."+q))}'
        in scripts[0]
    )


@pytest.mark.parametrize("builder", ["mkdocs", "zensical"])
def test_every_patch_is_refused_where_its_place_is_gone(tmp_path: Path, builder: BuilderName) -> None:
    family = "zensical" if builder == "zensical" else "material"
    copy = tmp_path / family
    shutil.copytree(builder_theme(builder), copy, ignore=shutil.ignore_patterns(".icons", "assets"))
    patches = [patch for patch in theme_patches() if patch.only in {"", family}]
    assert patches
    for patch in patches:
        file = copy / patch.template
        text = file.read_text(encoding="utf-8")
        lacking = re.sub(patch.pattern or re.escape(patch.find), "", text)
        file.write_text(lacking, encoding="utf-8")
        with pytest.raises(MachineError, match=f"path={re.escape(patch.template)}, count=0"):
            generated(copy)
        file.write_text(text, encoding="utf-8")


def test_every_patch_names_its_place_once_and_says_why() -> None:
    for patch in theme_patches():
        assert patch.why.strip()
        assert bool(patch.find) != bool(patch.pattern)


def test_no_third_partys_script_is_left() -> None:
    assert generated(builder_theme("mkdocs"))["partials/integrations/analytics.html"] == b""


def test_a_later_layer_lies_above_an_earlier_one(tmp_path: Path) -> None:
    for name in ("ours", "own"):
        (tmp_path / name / "partials").mkdir(parents=True)
        (tmp_path / name / "partials" / "footer.html").write_text(name, encoding="utf-8")
    (tmp_path / "ours" / "only.html").write_text("ours", encoding="utf-8")
    target = tmp_path / "theme"
    layers = [ROOT / "overrides", tmp_path / "ours", tmp_path / "own"]
    digests = write_theme(SafeFolder(target), layers, builder_theme("mkdocs"))
    assert (target / "partials" / "footer.html").read_text(encoding="utf-8") == "own"
    assert (target / "only.html").read_text(encoding="utf-8") == "ours"
    assert write_theme(SafeFolder(target), layers, builder_theme("mkdocs")) == digests
