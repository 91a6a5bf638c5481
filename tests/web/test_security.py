"""Who may ask, and what nobody may."""

from http.client import HTTPConnection

import httpx
import pytest

from tests.web.office import Served


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_what_another_site_sends_is_refused(shared: Served, headers):
    asked = {"document": shared.plan().document.id, "verdict": "correct", "value": "x"}
    with shared.client() as client:
        assert client.post("/api/corrections", json=asked, headers=headers).status_code == 403
        assert client.post("/groups", data={}, headers=headers).status_code == 403


def test_a_form_without_its_token_is_refused(shared: Served):
    with shared.client() as client:
        document = shared.plan().document.id
        answer = client.post(f"/review/{document}/say", data={"verdict": "confirm", "doubt": "1"})
        assert answer.status_code == 403


def test_who_is_not_known_sees_nothing(shared: Served):
    document = shared.plan().document
    with httpx.Client(base_url=shared.base) as client:
        for path in ("/", "/review", f"/review/{document.id}", f"/pages/{document.sha256}/1.jpg"):
            assert client.get(path).status_code == 303
        assert client.get(f"/api/documents/{document.id}").status_code == 401
        assert client.post("/api/corrections", json={}).status_code == 401
        assert client.get("/?token=wrong").headers["location"].startswith("/login")
        client.cookies.set("phuluc", "726f6f74.99999999999.00.forged")
        assert client.get("/review").status_code == 303


def test_a_form_that_no_memory_holds_is_refused_before_it_is_read(shared: Served):
    with shared.client() as client:
        unsaid = client.post("/api/corrections", content=iter([b"{}"]))
        assert unsaid.status_code == 413
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    connection = HTTPConnection("127.0.0.1", shared.port, timeout=30)
    connection.putrequest("POST", "/api/corrections")
    for name, value in (("Content-Length", str(2**40)), ("Cookie", cookie)):
        connection.putheader(name, value)
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


def test_a_host_of_another_name_is_refused(shared: Served):
    with shared.client() as client:
        assert client.get("/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("path", ["/", "/review", "/nothing", "/static/review.js", "/login"])
def test_every_answer_carries_the_policy(shared: Served, path):
    with shared.client() as client:
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"


def test_the_cookie_is_for_this_site_and_no_script(shared: Served):
    with httpx.Client(base_url=shared.base) as client:
        cookie = client.get(shared.entry).headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie


@pytest.mark.parametrize("name", ["../plans/x", "..%2f..%2fetc%2fpasswd"])
def test_no_path_leads_out(shared: Served, name):
    with shared.client() as client:
        assert client.get(f"/static/{name}").status_code == 404
        assert client.get(f"/api/documents/{name}").status_code in (404, 405)
