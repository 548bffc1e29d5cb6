"""The printed configurations, in the real servers: strict policy, sub-path, caching, and everything works."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect
from stufenweise.cli import main
from waiting import PATIENCE, wait_until

from .watched_page import Watched

pytestmark = pytest.mark.server

NGINX = """
daemon off; worker_processes 1; pid nginx.pid; error_log error.log;{user}
events {{}}
http {{
    include /etc/nginx/mime.types; access_log off; client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3;
    uwsgi_temp_path t4; scgi_temp_path t5;
    server {{ listen 127.0.0.1:{port}; include "{folder}/site.conf"; }}
}}
"""
APACHE = """
ServerRoot "{folder}"
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile apache.pid
ErrorLog error.log
TypesConfig mime.types
{modules}
{user}
Include "{folder}/site.conf"
"""
MODULES = ("mpm_event", "authz_core", "alias", "deflate", "dir", "filter", "headers", "mime")
STRICT = {"default-src 'none'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'"}
TUTORIAL = "de/tutorials/set-up-my-profile/"


def program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    assert found, f"{name} is missing: `make test` installs Debian's package."
    return found


def call(kind: str, folder: Path, *, only_check: bool) -> list[str]:
    if kind == "nginx":
        return [program("nginx"), "-p", str(folder), "-c", "main.conf", *(["-t"] if only_check else [])]
    return [program("apache2"), "-d", str(folder), "-f", "main.conf", "-t" if only_check else "-DFOREGROUND"]


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module", params=["nginx", "apache"])
def address(request: pytest.FixtureRequest, built_project: Path) -> Iterator[str]:
    """Return the address of the built site behind a real server, which a user without rights runs."""
    # Not below the tests' own folder, which other users may not read.
    folder = Path(tempfile.mkdtemp(prefix="stufenweise hosting "))
    folder.chmod(0o755)
    shutil.copytree(built_project / "site", folder / "the site")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = str(built_project / "mkdocs.yml")
    done = CliRunner().invoke(main, ["hosting", request.param, "-f", config, "--root", str(folder / "the site")])
    assert done.exit_code == 0, done.output
    (folder / "site.conf").write_text(done.output, encoding="utf-8")
    modules = "\n".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in MODULES)
    root = os.getuid() == 0
    main_conf = (
        NGINX.format(port=port, folder=folder, user=" user www-data;" if root else "")
        if request.param == "nginx"
        else APACHE.format(port=port, folder=folder, modules=modules, user="User www-data" if root else "")
    )
    (folder / "main.conf").write_text(main_conf, encoding="utf-8")
    (folder / "mime.types").write_text("", encoding="utf-8")
    checked = subprocess.run(call(request.param, folder, only_check=True), capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    server = subprocess.Popen(call(request.param, folder, only_check=False), stderr=subprocess.PIPE)
    wait_until(lambda: answers(port) or server.poll() is not None, lambda: f"{request.param} never answers")
    assert server.poll() is None, server.stderr and server.stderr.read()
    yield f"http://127.0.0.1:{port}/rm/"
    server.terminate()
    server.wait(PATIENCE)
    shutil.rmtree(folder)


def ask(address: str, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of an answer; nothing is followed."""
    server = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    server.request(method, path, headers=said)
    answer = server.getresponse()
    body = answer.read()
    server.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def named(page: Page, pattern: str) -> str:
    """Return the path of a file that a page loads."""
    loaded: list[str] = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    return next(urlsplit(url).path for url in loaded if re.search(pattern, url))


def test_every_answer_has_the_strict_policy_and_the_headers(address: str) -> None:
    for path in (
        "/rm/",
        f"/rm/{TUTORIAL}",
        "/rm/de/handouts/find-people-mentee.pdf",
        "/rm/nothing",
        "/rm/de/assets/search/de.js",
    ):
        _, headers, _ = ask(address, path)
        policy = headers["content-security-policy"]
        assert set(policy.split("; ")) >= STRICT, path
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "cache-control" in headers


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (TUTORIAL, "text/html; charset=utf-8"),
        ("de/assets/search/de.js", "javascript; charset=utf-8"),
        ("start.*.js", "javascript; charset=utf-8"),
        ("start.*.css", "text/css; charset=utf-8"),
        ("de/handouts/find-people-mentee.pdf", "application/pdf"),
        ("de/assets/images/favicon.png", "image/png"),
    ],
)
def test_every_file_says_what_it_is(address: str, built_site: Path, path: str, kind: str) -> None:
    if "*" in path:
        [path] = [file.name for file in built_site.glob(path)]
    status, headers, _ = ask(address, f"/rm/{path}")
    assert status == 200
    assert kind in headers["content-type"]


def test_files_named_by_their_content_are_kept_for_a_year_and_others_asked_for_again(
    watched: Watched, address: str
) -> None:
    page = watched.open(TUTORIAL)
    bundle = named(page, r"bundle\.[0-9a-f]{8}\.min\.js")
    assert ask(address, bundle)[1]["cache-control"] == "public, max-age=31536000, immutable"
    for path in (f"/rm/{TUTORIAL}", "/rm/de/assets/search/de.js"):
        status, headers, _ = ask(address, path, Accept_Encoding="gzip")
        assert headers["cache-control"] == "no-cache"
        known = (
            {"If_None_Match": headers["etag"]} if "etag" in headers else {"If_Modified_Since": headers["last-modified"]}
        )
        again = ask(address, path, Accept_Encoding="gzip", **known)
        assert (status, again[0], again[2]) == (200, 304, b"")


def test_text_is_sent_compressed_to_those_who_can(address: str) -> None:
    for path in (f"/rm/{TUTORIAL}", "/rm/de/assets/search/de.js", "/rm/404.html"):
        plain = ask(address, path)
        packed = ask(address, path, Accept_Encoding="gzip")
        assert packed[1]["content-encoding"] == "gzip"
        assert "accept-encoding" in packed[1]["vary"].lower()
        assert gzip.decompress(packed[2]) == plain[2]
        assert "content-encoding" not in plain[1]
    assert "content-encoding" not in ask(address, "/rm/de/handouts/find-people-mentee.pdf", Accept_Encoding="gzip")[1]


@pytest.mark.parametrize("path", ["/rm", "/rm/de", "/rm/de/tutorials/find-people"])
def test_a_folder_without_its_slash_is_found(address: str, path: str) -> None:
    status, headers, _ = ask(address, path)
    assert status == 301
    assert urlsplit(headers["location"]).path == f"{path}/"
    assert urlsplit(headers["location"]).netloc in {"", urlsplit(address).netloc}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("de/nothing/here/", "Seite nicht gefunden"),
        ("en/nothing.html", "Page not found"),
        ("nothing/here", "not found"),
    ],
)
def test_a_missing_page_is_reported_in_the_language_of_its_folder(address: str, path: str, words: str) -> None:
    status, headers, body = ask(address, f"/rm/{path}")
    assert status == 404
    assert words.lower() in body.decode().lower()
    for source in re.findall(r'(?:src|href)="(/[^"#]*)"', body.decode()):
        assert ask(address, source)[0] in {200, 301}, source
    assert headers["content-type"].startswith("text/html")


def test_hidden_files_and_other_methods_are_refused(address: str) -> None:
    assert ask(address, "/rm/.stufenweise")[0] in {403, 404}
    assert ask(address, "/rm/../main.conf")[0] in {400, 403, 404}
    assert ask(address, "/rm/%2e%2e/main.conf")[0] in {400, 403, 404}
    assert ask(address, "/rm/de/assets/")[0] in {403, 404}
    for method in ("POST", "PUT", "DELETE"):
        assert ask(address, "/rm/", method)[0] in {403, 405}
    assert ask(address, "/rm/de/", "HEAD")[0] == 200


def test_a_pair_can_do_everything(watched: Watched) -> None:
    page = watched.open("")
    page.wait_for_url("**/rm/de/")
    page.get_by_role("button", name="Suchen").click()
    page.keyboard.type("Benachrichtigungen")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/de/tutorials/**")
    page = watched.open(TUTORIAL)
    page.locator("[data-item]").first.check()
    page.reload()
    expect(page.locator("[data-item]").first).to_be_checked()
    page.get_by_role("button", name="Sitzung beginnen").click()
    page.get_by_role("button", name="Los geht’s").click()
    expect(page.locator("dialog.session")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="English").first.click()
    page.wait_for_url("**/en/tutorials/set-up-my-profile/")
    expect(page.locator("[data-item]").first).to_be_checked()
    page = watched.open("de/tutorials/#level=1")
    expect(page.locator("tr[data-tutorial]:not([hidden])")).not_to_have_count(0)
    page = watched.open("de/begin/")
    for question in page.locator("#self-check fieldset").all():
        question.locator("input").first.check()
    page.get_by_role("button", name="Vorschlag zeigen").click()
    expect(page.locator("#recommendation")).to_be_visible()
    page = watched.open("de/programmes/planner/#programme=web-2-0")
    with page.expect_download():
        page.get_by_role("button", name="Termine in den Kalender").click()
    page = watched.open("de/programmes/goal-sheet/")
    page.get_by_label("Unser erster Schritt").fill("Fragen")
    page = watched.open("de/checklists/")
    with page.expect_download():
        page.get_by_role("button", name="In Datei sichern").click()
    page.get_by_role("button", name="Farben: wie das Gerät").click()
