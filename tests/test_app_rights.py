"""Who may change anything: on a machine of one's own, on a server, with sign-in and without."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import streamlit as st
from joserfc import jwt
from joserfc.jwk import RSAKey
from playwright.sync_api import expect
from streamlit import config
from streamlit.errors import StreamlitAuthError
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from data import store
from tests.page import APP, NB, html, keep
from tests.towns import bundle, streets
from tests.visit import served as browsed
from views import rights
from views.making import building, uploading
from views.registry import register
from views.text import markdown

AUTH = {"auth": {"client_id": "moteplass", "server_metadata_url": "http://127.0.0.1:9/x"}}
READING = NB(rights.READING)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MOTEPLASS_MIRROR", "http://127.0.0.1:9")
    monkeypatch.delenv(rights.OPEN, raising=False)
    monkeypatch.setattr("views.cached.STATIC", tmp_path / "static")
    building.builder.clear()
    town = bundle(
        streets(((0, 0), (9, 0))), {(0, 0): {"everybody": 9}}, {"n1": ("park", (9, 0))}
    )
    keep(town, "vik")
    return tmp_path / "home"


@pytest.fixture
def served():
    """Serve to everybody for a test, as the Dockerfile does."""
    before = config.get_option("server.address")
    config.set_option("server.address", "0.0.0.0")
    yield
    config.set_option("server.address", before)


def opened(path, *, secrets=None):
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.query_params["area"] = "vik"
    at._page_hash = calc_hash(path)
    for key, value in (secrets or {}).items():
        at.secrets[key] = value
    return at.run()


def told(at):
    return [one.value for one in at.info]


def keys(at):
    return {one.key for one in at.button}


def test_on_a_machine_of_ones_own_everything_is_allowed():
    assert rights.may_change()
    at = opened("new")
    assert not at.exception
    assert READING not in told(at)
    assert {"new-build", "delete-vik"} <= keys(at)


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),
        ({"Host": "localhost:8501"}, True),
        ({"Host": "127.0.0.1:8501"}, True),
        ({"Host": "[::1]:8501"}, True),
        ({"Host": "localhost:8501", "Origin": "http://localhost:8501"}, True),
        ({"Host": "localhost:8501", "Origin": "https://moteplass.kommune.no"}, False),
        ({"Host": "localhost:8501", "Origin": "null"}, False),
        ({"Host": "moteplass.kommune.no"}, False),
        ({"Host": "localhost.example.org"}, False),
        ({"Host": "192.168.1.7:8501"}, False),
        ({"Host": "localhost", "X-Forwarded-For": "10.0.0.3"}, False),
        ({"Host": "localhost", "Forwarded": "for=10.0.0.3"}, False),
    ],
)
def test_what_comes_by_another_name_or_is_passed_on_comes_from_others(headers, allowed):
    assert rights._asked_from_here(headers) is allowed


@pytest.mark.usefixtures("served")
def test_a_server_without_sign_in_is_for_reading():
    assert not rights.may_change()
    at = opened("new")
    assert not at.exception
    assert READING in told(at)
    assert "vik" in html(at)  # what is built can be seen
    assert not at.file_uploader
    assert not {"new-build", "again-vik", "delete-vik"} & keys(at)
    for path in ("", "area", "register"):
        at = opened(path)
        assert not at.exception
        assert "<h1" in html(at)


@pytest.mark.usefixtures("served")
def test_a_server_may_be_opened_to_all(monkeypatch):
    monkeypatch.setenv(rights.OPEN, "1")
    assert rights.may_change()
    monkeypatch.setenv(rights.OPEN, "yes")
    assert not rights.may_change()


def test_a_machine_of_ones_own_may_be_closed(monkeypatch):
    monkeypatch.setenv(rights.OPEN, "0")
    assert not rights.may_change()


@pytest.mark.usefixtures("served")
def test_every_door_asks_again(home):
    with pytest.raises(rights.RightsError):
        building.start(None)
    with pytest.raises(rights.RightsError):
        building.stop("vik")
    assert uploading._kept("vik", "x.csv", b"a;b\n1;2\n", [])[1] == rights.READING
    assert not (home / "files").exists()


def test_a_right_that_is_lost_before_the_button_is_pressed_is_lost(monkeypatch):
    at = opened("new")
    at.button(key="delete-vik").click().run()
    asked = iter([True, True])  # to draw the page; then it is gone

    def lost():
        return next(asked, False)

    monkeypatch.setattr(rights, "may_change", lost)
    at.button(key="really-vik").click().run()
    assert not at.exception
    assert markdown(READING) in [one.value for one in at.error]
    assert store.codes() == ["vik"]


def test_who_has_not_signed_in_is_offered_to_and_changes_nothing():
    at = opened("new", secrets=AUTH)
    assert not at.exception
    assert READING in told(at)
    assert {"sign-in-side-default", "sign-in-page-default"} <= keys(at)
    assert "new-build" not in keys(at)


def test_who_has_signed_in_is_called_by_name_and_may(monkeypatch):
    monkeypatch.setattr(st, "user", {"is_logged_in": True, "name": "Kari <b>*Å*"})
    at = opened("new", secrets=AUTH)
    assert not at.exception
    assert READING not in told(at)
    assert {"sign-out", "new-build"} <= keys(at)
    said = NB("Signed in: {name}", name=markdown("Kari <b>*Å*"))
    assert said in [one.value for one in at.caption]


def test_each_way_to_sign_in_has_a_button():
    two = {
        "auth": {"redirect_uri": "x", "entra": {"client_id": "a"}, "feide": {"client_id": "b"}}
    }
    at = opened("new", secrets=two)
    assert {"sign-in-side-entra", "sign-in-side-feide"} <= keys(at)


def test_a_sign_in_that_is_not_set_up_rightly_is_said(monkeypatch):
    def refused(provider):
        raise StreamlitAuthError("no")

    monkeypatch.setattr(st, "login", refused)
    at = opened("new", secrets=AUTH)
    at.button(key="sign-in-side-default").click().run()
    assert not at.exception
    assert at.error


@pytest.mark.usefixtures("served")
def test_the_doors_of_the_register_ask_again(monkeypatch):
    """The page is drawn for readers without its buttons; pressed by force, they refuse."""
    done = []
    monkeypatch.setattr(register, "keep", lambda *told: done.append(told))
    monkeypatch.setattr(register, "decide_again", done.append)
    monkeypatch.setattr(register, "pending", lambda *_: {("nsr", "1")})
    monkeypatch.setattr(st, "button", lambda *_, **__: True)
    with pytest.raises(rights.RightsError):
        register._carry_out("vik", None, {}, NB)
    assert done == []


KEY = RSAKey.generate_key(2048, {"kid": "one"})


@contextmanager
def provider(name):
    """Serve a provider of OpenID Connect on this machine, which lets everybody in as `name`."""
    nonces = {}

    class Provider(BaseHTTPRequestHandler):
        def do_GET(self):
            asked = urlsplit(self.path)
            told = dict(parse_qsl(asked.query))
            if asked.path == "/authorize":
                nonces[told["state"]] = told.get("nonce")
                back = urlencode({"code": told["state"], "state": told["state"]})
                self.send_response(302)
                self.send_header("Location", f"{told['redirect_uri']}?{back}")
                self.end_headers()
            elif asked.path == "/keys":
                self.say({"keys": [KEY.as_dict(private=False) | {"kid": "one"}]})
            else:
                ways = {"authorization": "authorize", "token": "token"}
                self.say(
                    {f"{key}_endpoint": f"{issuer}/{path}" for key, path in ways.items()}
                    | {"issuer": issuer, "jwks_uri": f"{issuer}/keys"}
                )

        def do_POST(self):
            told = dict(
                parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode())
            )
            now = int(time.time())
            claims = {"iss": issuer, "aud": "moteplass", "sub": "7", "name": name}
            claims |= {"iat": now, "exp": now + 600, "nonce": nonces[told["code"]]}
            token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, KEY)
            self.say({"access_token": "a", "token_type": "Bearer", "id_token": token})

        def say(self, what):
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(what).encode())

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Provider) as server:
        issuer = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        yield issuer
        server.shutdown()


@pytest.mark.browser
def test_signing_in_and_out_in_a_browser(browser, home, tmp_path, monkeypatch):
    with provider("Kari <i>Nordmann</i>") as issuer:
        secrets = tmp_path / "secrets.toml"
        secrets.write_text(
            "[auth]\n"
            'redirect_uri = "http://localhost:{port}/oauth2callback"\n'
            'cookie_secret = "only-for-this-test-only-for-this-test"\n'
            'client_id = "moteplass"\nclient_secret = "secret"\n'
            f'server_metadata_url = "{issuer}/.well-known/openid-configuration"\n'
        )
        monkeypatch.setenv("STREAMLIT_SECRETS_FILES", str(secrets))
        with browsed(home, tmp_path / "log.txt") as address:
            page = browser.new_context(locale="nb-NO").new_page()
            page.goto(f"{address}/new?area=vik&lang=en")
            expect(page.get_by_text("You may look at everything here")).to_be_visible()
            expect(page.get_by_role("button", name="Build the area")).to_have_count(0)
            page.get_by_role("button", name="Sign in").last.click()
            expect(page.get_by_text("Signed in: Kari <i>Nordmann</i>")).to_be_visible()
            page.goto(f"{address}/new?area=vik&lang=en")
            expect(page.get_by_role("button", name="Build the area")).to_be_visible()
            page.get_by_role("button", name="Sign out").click()
            expect(page.get_by_role("button", name="Sign in").first).to_be_visible()
            page.context.close()
