"""What stands before Streamlit's server: its first page, safety headers, packed files."""

import asyncio
import os
import re
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from streamlit import file_util

from layers.guard import TILES
from tests.visit import ROOT, visiting
from views.server import packed, shell
from views.server.packed import Packed
from views.server.safe_headers import SafeHeaders, hosts
from views.server.shell import Shell, first_page, needed

INDEX = """<!-- theirs --><!DOCTYPE html>
<html lang="en">
  <head>
    <link rel="shortcut icon" href="./favicon.png" />
    <title>Streamlit</title>
    <link rel="service-desc" href="./_stcore/agent/openapi.json" />
    <script>
      window.ready = false
    </script>
    <script type="module" crossorigin src="./static/js/index.AbCdEfGh.js"></script>
    <link rel="modulepreload" crossorigin href="./static/js/react.AbCdEfGh.js">
  </head>
  <body><noscript><p>You need to enable JavaScript.</p></noscript></body>
</html>"""


@pytest.fixture
def bundle(tmp_path):
    """Return a browser part with one widget, which wants two scripts and a lost one."""
    scripts = {
        "Slider.AbCdEfGh.js": 'import{a}from"./react.AbCdEfGh.js";import"./label.AbCdEfGh.js"',
        "SliderOfOthers.AbCdEfGh.js": "",
        "label.AbCdEfGh.js": 'import{b as c}from"./lost.AbCdEfGh.js"',
        "react.AbCdEfGh.js": "",
        "index.AbCdEfGh.js": "",
    }
    folder = tmp_path / "bundle"
    (folder / "static" / "js").mkdir(parents=True)
    (folder / "index.html").write_text(INDEX, "utf-8")
    for name, text in scripts.items():
        (folder / "static" / "js" / name).write_text(text, "utf-8")
    return folder


class Client:
    """Ask a server without a network."""

    def __init__(self, served):
        self.served = served

    def get(self, path, *, method="GET", headers=None):
        async def ask():
            transport = httpx.ASGITransport(self.served)
            async with httpx.AsyncClient(transport=transport, base_url="http://us") as client:
                return await client.request(method, path, headers=headers)

        with ThreadPoolExecutor(1) as apart:  # Playwright may hold this thread's event loop
            return apart.submit(asyncio.run, ask()).result()

    def head(self, path):
        return self.get(path, method="HEAD")


def answering(*middleware):
    """Return a client of a server that answers every page alike, behind ours."""

    async def page(request):
        if request.url.path.endswith("plain"):
            return PlainTextResponse("plain")
        status = 404 if request.url.path.endswith("lost") else 200
        return HTMLResponse("<html>theirs</html>", status, {"ETag": "theirs"})

    served = Starlette(routes=[Route("/{any:path}", page)], middleware=[*middleware])
    return Client(served)


def page(bundle, **told):
    given = {"bundle": bundle, "base": "", "languages": ("nb", "sv")} | told
    return answering(Middleware(Shell, **given))


def test_the_first_page_is_ours(bundle):
    got = page(bundle).get("/")
    assert "<title>Møteplass</title>" in got.text
    assert "Streamlit" not in got.text
    assert "theirs" not in got.text
    assert re.search(r'<p lang="nb">[^<]*JavaScript.*<p lang="en">', got.text, re.DOTALL)
    assert got.headers["content-type"] == "text/html; charset=utf-8"
    assert "etag" not in got.headers


@pytest.mark.parametrize(
    ("link", "browser", "language"),
    [
        ("", "", "nb"),
        ("", "sv-SE,sv;q=0.9", "sv"),
        ("", "fi", "nb"),
        ("", "no", "nb"),
        ("?lang=sv", "nb", "sv"),
        ("?lang=%22%3E%3Cscript%3E", "sv", "sv"),
        ("?lang=fi", "", "nb"),
    ],
)
def test_it_speaks_the_language_of_the_link_else_of_the_browser(
    bundle, link, browser, language
):
    got = page(bundle).get(f"/gaps{link}", headers={"Accept-Language": browser})
    assert re.findall("<html[^>]*>", got.text) == [f'<html lang="{language}">']


@pytest.mark.parametrize("path", ["/app/static/a.html", "/component/map/index.html", "/lost"])
def test_files_and_failures_stay_as_they_are(bundle, path):
    assert page(bundle).get(path).text == "<html>theirs</html>"


def test_what_is_no_page_stays_as_it_is(bundle):
    assert page(bundle).get("/plain").text == "plain"
    assert page(bundle).head("/").text == ""


def test_widgets_are_fetched_with_all_they_want_and_nothing_twice(bundle):
    js = bundle / "static" / "js"
    found = ["Slider.AbCdEfGh.js", "react.AbCdEfGh.js", "label.AbCdEfGh.js"]
    assert sorted(needed(js, ["Slider", "Gone"])) == sorted(found)
    text = first_page(INDEX, "", bundle)
    named = re.findall(r'"modulepreload" crossorigin href="/static/js/(\w+)\.', text)
    assert sorted(named) == ["Slider", "label", "react"]


def test_every_widget_named_is_one_of_streamlit_s():
    """A later Streamlit may call them otherwise; then the pages still work, only slower."""
    js = ROOT / file_util.get_static_dir() / "static" / "js"
    assert [name for name in shell.WIDGETS if not needed(js, [name])] == []


def test_a_path_before_all_paths_is_kept(bundle):
    text = page(bundle, base="/plan", early=["/app/static/map.js"]).get("/plan/gaps").text
    assert 'src="/plan/static/js/index.AbCdEfGh.js"' in text
    assert '<link rel="prefetch" href="/plan/app/static/map.js">' in text
    assert 'BACKEND_BASE_URL:location.origin+"/plan/"' in text
    assert page(bundle, base="/plan").get("/plan/static/a").text == "<html>theirs</html>"


def test_only_the_scripts_in_the_page_may_run(bundle):
    got = page(bundle).get("/")
    (rule,) = re.findall("script-src ([^;]*)", got.headers["content-security-policy"])
    assert rule.split()[0] == "'self'"
    assert len(rule.split()) == 1 + got.text.count("<script>") == 3
    assert "unsafe" not in rule


@pytest.fixture
def files(tmp_path):
    """Return a server of two folders, with something beside them."""
    for name in ("ours/walk-0123456789abcdef.geojson", "ours/map.js", "ours/dense.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode() * 100)
    (tmp_path / "secret.js").write_text("secret", "utf-8")
    (tmp_path / "ours" / "way.js").symlink_to(tmp_path / "secret.js")
    return Middleware(Packed, folders={"/app/static/": tmp_path / "ours"}, room=5000)


def test_files_are_packed(files):
    got = answering(files).get("/app/static/walk-0123456789abcdef.geojson")
    assert got.content == b"ours/walk-0123456789abcdef.geojson" * 100
    assert int(got.headers["content-length"]) < 200
    assert got.headers["content-encoding"] == "gzip"
    assert got.headers["content-type"] == "application/geo+json"
    assert "immutable" in got.headers["cache-control"]


def test_what_is_dense_is_not_packed(files):
    got = answering(files).get("/app/static/dense.png")
    assert "content-encoding" not in got.headers
    assert int(got.headers["content-length"]) == len(got.content) == 1400


def test_a_file_whose_name_says_nothing_is_asked_for_again(files, tmp_path):
    client = answering(files)
    assert client.get("/app/static/map.js").headers["cache-control"] == "no-cache"
    (tmp_path / "ours" / "map.js").write_text("newer", "utf-8")
    assert client.get("/app/static/map.js").text == "newer"
    (tmp_path / "ours" / "map.js").unlink()
    assert client.get("/app/static/map.js").text == "<html>theirs</html>"


@pytest.mark.parametrize(
    "path",
    [
        "/app/static/../secret.js",
        "/app/static/%2e%2e/secret.js",
        "/app/static/..%2fsecret.js",
        "/app/static/..%5csecret.js",
        "/app/static//etc/passwd.js",
        "/app/static/way.js",
        "/app/static/a%00.js",
        "/app/static/",
        "/app/static/map.py",
        "/elsewhere/map.js",
    ],
)
def test_nothing_else_is_told(files, path):
    assert answering(files).get(path).text == "<html>theirs</html>"


def test_who_cannot_unpack_or_wants_a_part_gets_it_elsewhere(files):
    for headers in ({"Accept-Encoding": "identity"}, {"Range": "bytes=0-9"}):
        got = answering(files).get("/app/static/map.js", headers=headers)
        assert got.text == "<html>theirs</html>"
    assert answering(files).get("/app/static/map.js", method="POST").status_code == 405
    got = answering(files).head("/app/static/map.js")
    assert (got.content, "content-length" in got.headers) == (b"", True)


def test_what_is_kept_is_bounded(tmp_path):
    for n in range(6):
        (tmp_path / f"{n}.png").write_bytes(bytes(1000))
    kept = Packed(None, folders={"/": tmp_path}, room=2500)
    client = Client(kept)
    for n in (0, 1, 0, 2, 3, 0, 4, 5, 0):
        assert len(client.get(f"/{n}.png").content) == 1000
    assert {Path(path).name for path, _, _ in kept.kept} == {"0.png", "5.png"}


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/app/static/places-3f2a90d1c5b7e846.geojson", True),
        ("/app/static/map-1bf1f9a845ce358b/map.js", True),
        ("/app/static/leaflet-1.9.3/leaflet.js", True),
        ("/plan/static/js/DataFrame.-f9-1zS0.js", True),
        ("/component/m/static/js/main.521860b0.js", True),
        ("/app/static/filename.js", False),
        ("/app/static/some-filename.js", False),
        ("/component/m/bootstrap.min.css", False),
    ],
)
def test_a_name_with_a_hash_or_a_version_is_kept_for_ever(path, told):
    assert bool(packed.HASHED.search(path)) is told


TILE = "https://{s}.tiles.example/{z}/{x}/{y}.png"


def test_every_answer_says_what_the_browser_may_do():
    client = answering(Middleware(SafeHeaders, frames="/component/", tiles=[TILE]))
    for path in ("/", "/plain", "/lost", "/component/map/index.html"):
        told = client.get(path).headers
        assert told["x-content-type-options"] == "nosniff"
        assert told["referrer-policy"] == "strict-origin-when-cross-origin"
        assert "geolocation=()" in told["permissions-policy"]
        rules = dict(rule.split(" ", 1) for rule in told["content-security-policy"].split("; "))
        assert rules["frame-ancestors"] == rules["default-src"] == "'self'"
        assert rules["object-src"] == "'none'"
        framed = path.startswith("/component/")
        assert ("https://*.tiles.example" in rules.pop("img-src")) is framed
        assert ("'unsafe-eval'" in rules["script-src"]) is framed
        assert "http" not in " ".join(rules.values())


@contextmanager
def running(home, log, *options, **more):
    """Run `python -m views` with options, and more in its environment; yield its address."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = ["-m", "views", "--server.headless", "true", "--server.port", str(port), *options]
    with log.open("wb") as lines:
        server = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env={**os.environ, "MOTEPLASS_HOME": str(home), **more},
            stdout=lines,
            stderr=subprocess.STDOUT,
        )
    try:
        for _ in range(600):
            assert server.poll() is None, log.read_text("utf-8", "replace")
            try:
                socket.create_connection(("localhost", port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                break
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="module")
def app(tmp_path_factory, moteplass_home, karhula):
    """Run the app as it is run."""
    with running(moteplass_home, tmp_path_factory.mktemp("log") / "server.txt") as address:
        yield address


def asked(url):
    """Ask the server as a browser does."""
    headers = {"Accept-Encoding": "gzip", "Accept-Language": "nn"}
    answer = httpx.get(url, headers=headers, timeout=30)
    return answer.headers, answer.text


def test_the_program_serves_all_of_it(app):
    (ROOT / "static" / "test.css").write_text("b{}", "utf-8")
    try:
        headers, text = asked(f"{app}/app/static/test.css")
    finally:
        (ROOT / "static" / "test.css").unlink()
    assert text == "b{}"
    assert headers["Content-Encoding"] == "gzip"
    headers, text = asked(f"{app}/gaps?area=demo-karhula")
    assert '<html lang="nn">' in text
    script = re.findall(r'src="(/static/js/index[^"]*)"', text)[0]
    headers, text = asked(f"{app}{script}")
    assert headers["Content-Encoding"] == "gzip"
    headers, _ = asked(f"{app}/component/streamlit_folium.st_folium/index.html")
    for tiles in TILES.values():
        assert "/".join(tiles["url"].split("/")[:3]) in headers["Content-Security-Policy"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no variable names the browser")
def test_a_browser_is_opened_where_somebody_sits_before_one(tmp_path, moteplass_home):
    opened, script = tmp_path / "opened", tmp_path / "browser"
    script.write_text(f'#!/bin/sh\necho "$1" > {opened}\n', "utf-8")
    script.chmod(0o755)
    options = ("--server.headless", "false", "--server.baseUrlPath", "plan")
    log = tmp_path / "log.txt"
    with running(moteplass_home, log, *options, BROWSER=str(script)) as address:
        for _ in range(200):
            if opened.exists() and opened.read_text("utf-8"):
                break
            time.sleep(0.05)
        assert opened.read_text("utf-8").strip() == f"{address}/plan"
        _, text = asked(f"{address}/plan/gaps")
        script = re.findall(r'src="(/plan/static/js/index[^"]*)"', text)[0]
        assert asked(f"{address}{script}")[0]["Content-Encoding"] == "gzip"


OUTSIDE = "https://outside.example/seen"

MARKS = ".m-sign, .m-cluster"

ASK = """async (url) => {
    const heard = [];
    addEventListener("securitypolicyviolation", (e) => heard.push(e.effectiveDirective));
    await fetch(url).catch(() => {});
    document.body.append(Object.assign(new Image(), { src: url }));
    const script = Object.assign(document.createElement("script"), { src: url });
    const frame = Object.assign(document.createElement("iframe"), { src: url });
    const link = { rel: "stylesheet", href: url };
    const style = Object.assign(document.createElement("link"), link);
    document.body.append(script, frame, style);
    new WebSocket(url.replace("https", "wss")).onerror = () => {};
    await new Promise((done) => setTimeout(done, 300));
    return heard.sort();
}"""


@pytest.mark.browser
def test_a_deep_link_works_and_the_browser_asks_nobody_outside(browser, app):
    with visiting(browser, app) as visit:
        page = visit.page
        page.goto(f"{app}/?area=demo-karhula&lang=sv")
        expect(page.locator(".m-answer")).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", "sv")
        expect(visit.inside.locator(MARKS).first).to_be_visible()
        page.goto(f"{app}/area?area=demo-karhula&lang=sv")
        expect(page.locator("h1")).to_be_visible()
        page.go_back()
        expect(page.locator(".m-answer")).to_be_visible()
        expect(visit.inside.locator(MARKS).first).to_be_visible()
        assert (visit.outside, visit.faults) == ([], [])
        (frame,) = [one for one in page.frames if one != page.main_frame]
        for where in (page, frame):
            refused = {one.split("-src")[0] for one in where.evaluate(ASK, OUTSIDE)}
            assert refused == {"connect", "frame", "img", "script", "style"}
        assert visit.outside == []


def test_a_part_that_the_browser_fills_in_is_any_host():
    urls = ["https://{s}.tiles.no/{z}/{x}/{y}.png", "https://tiles.se/{z}/{y}/{x}"]
    assert hosts(urls) == ["https://*.tiles.no", "https://tiles.se"]
