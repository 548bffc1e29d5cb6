"""`stufenweise hosting`: it reads from the site what that needs, and escapes paths in the configurations."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT
from stufenweise.cli import main
from stufenweise.export.csp import csp_sources
from stufenweise.export.server_config import (
    ServerLocation,
    WebServer,
    is_server_folder,
    is_site_path,
    server_configuration,
)

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
)
MISSING = {
    "nginx": '"^{path}(de)/") {{ set $stufenweise_missing "{path}$1/404.html";',
    "apache": "ErrorDocument 404 {path}de/404.html",
    "iis": 'path="{path}de/404.html"',
    "caddy": "rewrite * /de/404.html",
}
SERVERS = ("nginx", "apache", "iis", "caddy")
Project = Callable[..., Path]


def site(folder: Path, page: str = "", **files: str) -> Path:
    (folder / "de").mkdir(parents=True)
    (folder / "index.html").write_text(f"<!doctype html><title>x</title>{page}", encoding="utf-8")
    (folder / "de" / "404.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def hosting(config: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["hosting", *arguments, "--lang", "en", "-f", str(config)])


def test_a_plain_site_needs_the_strictest_policy(tmp_path: Path) -> None:
    assert csp_sources(site(tmp_path / "s")).policy == STRICT
    framed = csp_sources(site(tmp_path / "t"), ["https://teams.microsoft.com"]).policy
    assert framed == STRICT.replace("frame-ancestors 'self'", "frame-ancestors 'self' https://teams.microsoft.com")


@pytest.mark.parametrize(
    ("files", "page", "part"),
    [
        ({"a_css": 'p{background:url("data:image/svg+xml,x")}'}, "", "img-src 'self' data:"),
        ({}, '<img alt="" src="data:image/png;base64,x">', "img-src 'self' data:"),
        ({"a_woff2": ""}, "", "font-src 'self'"),
        ({}, '<link rel="manifest" href="m.json">', "manifest-src 'self'"),
    ],
)
def test_more_is_allowed_only_where_it_is_there(tmp_path: Path, files: dict[str, str], page: str, part: str) -> None:
    policy = csp_sources(site(tmp_path / "s", page, **files)).policy
    assert part in policy.split("; ")
    assert len(policy) > len(STRICT)
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "page",
    [
        "<script>x</script>", '<script type="module">x</script>', "<style>p{}</style>", '<p style="color:red">',
        '<p onclick="x()">', '<script src="https://example.org/x.js"></script>',
        '<img alt="" src="//example.org/x.png">',
        '<link rel="stylesheet" href="http://example.org/x.css">', '<iframe src="https://example.org/"></iframe>',
        '<script src="blob:x"></script>', '<script src="data:text/javascript,x"></script>', '<base href="/x/">',
        '<img alt="" srcset="https://example.org/x.png 2x">', '<form action="https://example.org/"></form>',
        '<svg><image href="https://example.org/x.png"/></svg>',
    ],
)  # fmt: skip
def test_html_that_a_strict_policy_blocks_is_named(tmp_path: Path, page: str) -> None:
    [fault] = csp_sources(site(tmp_path / "s", page)).faults
    assert fault.startswith("index.html: <")


@pytest.mark.parametrize(
    "page",
    [
        '<script type="application/json">{}</script>', '<a href="https://example.org/">x</a>',
        '<script src="x.js"></script>',
        '<link rel="alternate" href="https://example.org/">',
    ],
)  # fmt: skip
def test_html_that_loads_nothing_from_elsewhere_is_no_fault(tmp_path: Path, page: str) -> None:
    assert csp_sources(site(tmp_path / "s", page)).faults == ()


@pytest.mark.parametrize(
    "style",
    [
        'p{background:url("https://example.org/x.png")}',
        "@import '//example.org/x.css';",
        "p{background:url(//e.org/x)}",
    ],
)
def test_a_style_sheet_that_loads_from_elsewhere_is_named(tmp_path: Path, style: str) -> None:
    [fault] = csp_sources(site(tmp_path / "s", a_css=style)).faults
    assert fault.startswith("a.css: ")


@pytest.mark.parametrize(
    "style", ['p{background:url("x.png")}', "p{background:url(data:image/png;base64,//x)}", "/* https://x/ */"]
)
def test_a_self_contained_style_sheet_is_no_fault(tmp_path: Path, style: str) -> None:
    assert csp_sources(site(tmp_path / "s", a_css=style)).faults == ()


def test_a_folder_of_windows_is_understood_everywhere(tmp_path: Path) -> None:
    assert '<location path="x">' in server_configuration(
        "iis", ServerLocation("/", "C:\\sites\\x"), csp_sources(site(tmp_path / "s"))
    )


def test_files_named_by_their_content_and_languages_are_found(tmp_path: Path) -> None:
    folder = site(tmp_path / "s")
    for name in ("a.0123abcd.js", "b.0123abcd.min.css", "c.js", "d.0123abcd.pdf", "e.0123ABCD.js"):
        (folder / name).write_text("", encoding="utf-8")
    needs = csp_sources(folder)
    assert needs.hashed == ("a.0123abcd.js", "b.0123abcd.min.css")
    assert needs.languages == ("de",)


@pytest.mark.parametrize("path", ["/", "/rm/", "/a/b-c/d_e/~f/"])
def test_right_paths(path: str) -> None:
    assert is_site_path(path)


@pytest.mark.parametrize(
    "path", ["", "rm/", "/rm", "/a b/", "/a;b/", '/"/', "/$x/", "/../", "/a/../b/", "//", "/ä/", "/a\n/"]
)
def test_wrong_paths(path: str) -> None:
    assert not is_site_path(path)


@pytest.mark.parametrize("root", ["/srv/a site", "/srv/ü", "C:/sites/x", "C:\\sites\\x"])
def test_right_folders(root: str) -> None:
    assert is_server_folder(root, "iis")


@pytest.mark.parametrize(
    "root", ["srv/x", '/srv/"x', "/srv/$x", "/srv/x\n", "/srv/{x}", "/srv/`x`", "/srv/<x>", "/srv/%x"]
)
@pytest.mark.parametrize("server", SERVERS)
def test_wrong_folders(root: str, server: WebServer) -> None:
    assert not is_server_folder(root, server)


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize("path", ["/", "/rm/"])
def test_every_server_is_told_policy_caching_and_missing_pages(tmp_path: Path, server: WebServer, path: str) -> None:
    folder = site(tmp_path / "s")
    (folder / "a.0123abcd.js").write_text("", encoding="utf-8")
    needs = csp_sources(folder)
    text = server_configuration(server, ServerLocation(path, "/srv/a site"), needs)
    for said in (STRICT, "nosniff", "no-referrer", MISSING[server].format(path=path)):
        assert said in text.replace("&#39;", "'"), said
    assert "unsafe" not in text
    assert "immutable" in text
    assert "//" not in text.replace("http://", "").replace("https://", "").replace("/srv/a site/", "")


@pytest.mark.parametrize("server", SERVERS)
def test_every_server_is_told_who_may_show_the_site_in_a_frame(tmp_path: Path, server: WebServer) -> None:
    needs = csp_sources(site(tmp_path / "s"), ("https://teams.microsoft.com", "https://*.sharepoint.com"))
    text = server_configuration(server, ServerLocation("/rm/", "/srv/site"), needs).replace("&#39;", "'")
    assert "frame-ancestors 'self' https://teams.microsoft.com https://*.sharepoint.com; " in text
    assert "X-Frame-Options" not in text


def test_the_configuration_for_iis_is_xml_with_a_place_for_each_kept_file(tmp_path: Path) -> None:
    folder = site(tmp_path / "s")
    (folder / "a.0123abcd.js").write_text("", encoding="utf-8")
    text = server_configuration("iis", ServerLocation("/rm/", "C:/sites/a & b"), csp_sources(folder))
    places = [element.get("path") for element in ElementTree.fromstring(text).iter("location")]
    assert places == ["a & b", "a & b/de", "a & b/a.0123abcd.js"]


def test_a_site_must_be_there(project: Project) -> None:
    done = hosting(project(), "nginx")
    assert done.exit_code == 2
    assert "Build it first" in done.output


def test_the_path_is_that_of_the_site_and_another_one_is_pointed_out(project: Project) -> None:
    config = project(extra="site_url: https://intranet.example.org/rm/")
    site(config.parent / "site")
    assert "location ^~ /rm/ {" in hosting(config, "nginx").output
    done = hosting(config, "nginx", "--path", "other")
    assert "location ^~ /other/ {" in done.output
    assert "site_url says /rm/ instead of /other/" in done.output


@pytest.mark.parametrize("option", [("--path", "/a b/"), ("--root", 'x"y'), ("--root", "relative")])
def test_values_that_could_break_out_of_the_configuration_are_refused(
    project: Project, option: tuple[str, str]
) -> None:
    config = project()
    site(config.parent / "site")
    done = hosting(config, "nginx", *option)
    assert done.exit_code == 2
    assert "location" not in done.output


def test_a_page_that_the_policy_forbids_is_named(project: Project) -> None:
    config = project()
    site(config.parent / "site", "<script>x</script>")
    done = hosting(config, "apache")
    assert done.exit_code == 2
    assert "index.html: <script>" in done.output
    assert "Alias" not in done.output


def test_the_configuration_can_be_written_to_a_file(project: Project, tmp_path: Path) -> None:
    config = project()
    site(config.parent / "site")
    done = hosting(config, "caddy", "-o", str(tmp_path / "Caddyfile"))
    assert done.exit_code == 0
    assert "handle_path /*" in (tmp_path / "Caddyfile").read_text(encoding="utf-8")


def test_a_file_that_can_not_be_written_is_said_with_what_to_do(project: Project, tmp_path: Path) -> None:
    config = project()
    site(config.parent / "site")
    (tmp_path / "file").touch()
    done = hosting(config, "nginx", "-o", str(tmp_path / "file" / "site.conf"))
    assert done.exit_code == 3
    assert "Nothing has changed. Make room, get the right to write there, or name another place." in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["file"]


def test_a_site_that_can_not_be_read_is_said_with_what_to_do(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    config = project()
    site(config.parent / "site")

    read = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.is_relative_to(config.parent / "site"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    done = hosting(config, "nginx")
    assert done.exit_code == 3
    assert "can't be read: Permission denied. Get the right to read it, or build the site again" in done.stderr
    assert done.stdout == ""


def test_the_container_runs_without_rights() -> None:
    lines = (ROOT / "Containerfile").read_text(encoding="utf-8").splitlines()
    last = lines[max(index for index, line in enumerate(lines) if line.startswith("FROM ")) :]
    assert [line for line in last if line.startswith("USER ")] == ["USER 101"]
    assert [line for line in last if line.startswith("EXPOSE ")] == ["EXPOSE 8080"]
    assert "listen 8080;" in "".join(lines)
    # No registry but the builder's own choice, no build argument that could hold a secret.
    assert not [line for line in lines if line.startswith("ARG ") or (line.startswith("FROM ") and line.count("/") > 1)]
