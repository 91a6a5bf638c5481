"""`phuluc agencies serve`, running, asked by a real HTTP client as OpenRefine asks."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import jsonschema
import pytest
import yaml

from pipeline.agencies import Office, OfficeFiles
from pipeline.agencies.registry.decide import Person, decide, undo_decision
from pipeline.settings import Settings

FORMS = yaml.safe_load((Path(__file__).with_name("reconciliation_forms.yaml")).read_text("utf-8"))
COMMAND = [sys.executable, "-c", "from flows.cli import main; main()", "agencies", "serve"]


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PHULUC_REGISTRY_OVERLAY", str(folder / "agencies.csv"))
        patch.setenv("PHULUC_DECISIONS", str(folder / "decisions.sqlite3"))
        yield folder


@pytest.fixture(scope="module")
def client(office: Path) -> Iterator[httpx.Client]:
    """The server as a person starts it, on a port of its own choosing."""
    assert office.is_dir()
    command = [sys.executable, "-u", *COMMAND[1:], "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+", line)[0]
            with httpx.Client(base_url=address, timeout=60) as opened:
                yield opened
        finally:
            process.terminate()


def checked(response: httpx.Response, form: str):
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("application/json")
    answer = response.json()
    jsonschema.validate(answer, FORMS[form])
    return answer


def ask(client: httpx.Client, **query):
    asked = {"queries": json.dumps({"q0": query})}
    answer = checked(client.post("/", data=asked), "result_batch")
    assert answer == checked(client.get("/", params=asked), "result_batch")
    return answer["q0"]["result"]


def test_manifest(client):
    manifest = checked(client.get("/"), "manifest")
    assert manifest["preview"]["url"].startswith(str(client.base_url).rstrip("/"))


def test_a_batch(client):
    queries = {
        "q0": {"query": "Phòng TN&MT", "limit": 3},
        "q1": {"query": "Phòng Tư pháp; Thanh tra huyện"},
        "q2": {"query": "zzz"},
        "q3": {"query": "phong-tu-phap"},
    }
    answer = checked(client.post("/", data={"queries": json.dumps(queries)}), "result_batch")
    best = {key: each["result"][0] for key, each in answer.items() if each["result"]}
    assert (best["q0"]["id"], best["q0"]["match"]) == ("phong-tai-nguyen-moi-truong", True)
    assert len(answer["q0"]["result"]) <= 3
    both = [c["id"] for c in answer["q1"]["result"][:2]]
    assert sorted(both) == ["phong-tu-phap", "thanh-tra-huyen"]
    assert not any(c["match"] for c in answer["q1"]["result"])
    assert answer["q2"]["result"] == []
    assert (best["q3"]["id"], best["q3"]["score"]) == ("phong-tu-phap", 100)
    for each in answer.values():
        scores = [candidate["score"] for candidate in each["result"]]
        assert scores == sorted(scores, reverse=True)


def test_every_registered_name_is_found(client):
    from pipeline.agencies import shipped_office  # noqa: PLC0415

    entries = list(shipped_office().registry().entries.values())
    queries = {e.id: {"query": e.name, "limit": 50} for e in entries}
    answer = checked(client.post("/", data={"queries": json.dumps(queries)}), "result_batch")
    missing = [key for key, each in answer.items() if key not in {c["id"] for c in each["result"]}]
    assert len(answer) == len(entries) > 200
    assert missing == []


def test_types_narrow_the_choice(client):
    assert {t["id"] for c in ask(client, query="Văn phòng HĐND và UBND") for t in c["type"]} >= {
        "district",
        "commune",
    }
    only = ask(client, query="Văn phòng HĐND và UBND", type="commune")
    assert only[0]["id"] == "van-phong-hdnd-ubnd-xa"
    assert all("commune" in {t["id"] for t in c["type"]} for c in only)
    assert ask(client, query="Phòng Tư pháp", type=["person"]) == []


def test_place_and_date_tell_namesakes_apart(client):
    def best(**said):
        properties = [{"pid": pid, "v": value} for pid, value in said.items()]
        candidate = ask(client, query="Văn phòng HĐND và UBND", properties=properties)[0]
        return candidate["id"], candidate["match"]

    district = best(unit="huyện Chi Lăng", date="2024-05-31")
    commune = best(unit={"id": "x", "name": "xã Chi Lăng, tỉnh Lạng Sơn"}, date=["2025-09-01"])
    assert district == ("van-phong-hdnd-ubnd", True)
    assert commune == ("van-phong-hdnd-ubnd-xa", True)
    assert best(date="no date at all")[1] is best()[1]


def test_decisions_are_known_at_once(client, office):
    files = OfficeFiles(office / "agencies.csv", office / "decisions.sqlite3")
    here = Office.load(files, Settings())
    assert not any(c["match"] for c in ask(client, query="Cơ quan X12 chuyên trách"))
    person = Person("Lan", datetime(2026, 1, 2, tzinfo=UTC))
    made = decide(here, "Cơ quan X12 chuyên trách", "is", "phong-noi-vu", person)
    candidate = ask(client, query="cơ quan X12 chuyên trách")[0]
    assert (candidate["id"], candidate["match"]) == ("phong-noi-vu", True)
    assert {"id": "method_decision", "value": True} in candidate["features"]
    undo_decision(files.decisions, made.number, person)
    never = decide(here, "Phòng Nội vu", "is_not", "phong-noi-vu", person)
    assert "phong-noi-vu" not in {c["id"] for c in ask(client, query="Phòng Nội vu")}
    undo_decision(files.decisions, never.number, person)
    assert "phong-noi-vu" in {c["id"] for c in ask(client, query="Phòng Nội vu")}


def test_suggestions(client):
    found = checked(
        client.get("/suggest/entity", params={"prefix": "phong tu"}), "suggest_entities"
    )
    assert found["result"][0]["id"] == "phong-tu-phap"
    by_id = client.get("/suggest/entity", params={"prefix": "phong-noi-vu"})
    assert "phong-noi-vu" in {r["id"] for r in checked(by_id, "suggest_entities")["result"]}
    pages = [
        checked(
            client.get("/suggest/entity", params={"prefix": "", "cursor": n}), "suggest_entities"
        )
        for n in (0, 20)
    ]
    assert not {r["id"] for r in pages[0]["result"]} & {r["id"] for r in pages[1]["result"]}
    types = checked(client.get("/suggest/type", params={"prefix": "cấp"}), "suggest")["result"]
    assert {t["id"] for t in types} == {"central", "province", "district", "commune"}
    properties = checked(client.get("/suggest/property", params={"prefix": "da"}), "suggest")
    assert [p["id"] for p in properties["result"]] == ["date"]


def test_preview_and_flyout(client):
    manifest = client.get("/").json()
    page = client.get(manifest["preview"]["url"].replace("{{id}}", "phong-tu-phap"))
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert "Phòng Tư pháp" in page.text
    assert client.get("/preview", params={"id": "<script>"}).status_code == 404
    suggest = manifest["suggest"]["entity"]
    address = suggest["service_url"] + suggest["flyout_service_path"]
    flyout = checked(client.get(address.replace("${id}", "phong-tu-phap")), "flyout")
    assert flyout["id"] == "phong-tu-phap"
    assert "Phòng Tư pháp" in flyout["html"]


def test_extension(client):
    proposed = checked(client.get("/properties", params={"type": "agency"}), "proposal")
    names = [p["id"] for p in proposed["properties"]]
    assert checked(client.get("/properties", params={"limit": 2}), "proposal")["limit"] == 2
    asked = {
        "ids": ["phong-tu-phap", "cong-an", "khong-co"],
        "properties": [{"id": name} for name in [*names, "date", "khong-co"]],
    }
    form = {"extend": json.dumps(asked)}
    answer = checked(client.post("/", data=form), "extension")
    assert answer == checked(client.get("/", params=form), "extension")
    assert [m["id"] for m in answer["meta"]] == [*names, "date", "khong-co"]
    rows = answer["rows"]
    assert rows["phong-tu-phap"]["level"] == [{"str": "district"}]
    assert rows["cong-an"]["valid_to"] == [{"date": "2025-02-28T00:00:00Z"}]
    assert rows["cong-an"]["successor"][0]["id"] == "cong-an-tinh"
    assert set(map(str, rows["khong-co"].values())) == {"[]"}


def test_pages_elsewhere_may_ask(client):
    origin = {"Origin": "http://127.0.0.1:3333"}
    assert client.get("/", headers=origin).headers["access-control-allow-origin"] == "*"
    asked = client.options("/", headers={**origin, "Access-Control-Request-Method": "POST"})
    assert asked.status_code == 200
    assert asked.headers["access-control-allow-origin"] == "*"


def test_jsonp(client):
    response = client.get("/suggest/type", params={"prefix": "x", "callback": "jQuery1_2"})
    assert response.headers["content-type"].startswith("application/javascript")
    assert response.text == '/**/jQuery1_2({"result": []});'
    assert client.get("/", params={"callback": "alert(1)//"}).status_code == 400


@pytest.mark.parametrize(
    "queries",
    [
        "no JSON",
        "[" * 100_000,
        "[]",
        '{"q0": "Phòng Tư pháp"}',
        '{"q0": {}}',
        '{"q0": {"query": 1}}',
        '{"q0": {"query": "x", "limit": 0}}',
        '{"q0": {"query": "x", "limit": NaN}}',
        '{"q0": {"query": "x", "type": [1]}}',
        '{"q0": {"query": "x", "properties": [{"pid": "date"}]}}',
    ],
)
def test_a_question_of_another_form_is_refused(client, queries):
    response = client.post("/", data={"queries": queries}, headers={"Origin": "http://x"})
    assert response.status_code == 400
    assert response.json()["status"] == "error"
    assert response.headers["access-control-allow-origin"] == "*"


def test_other_refusals(client):
    assert client.post("/", data={"extend": "{}"}).status_code == 400
    assert client.get("/suggest/entity", params={"prefix": "a", "cursor": "-1"}).status_code == 400
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_a_file_that_cannot_be_used_is_told(client, office):
    (office / "agencies.csv").write_text("id,name\n", encoding="utf-8")
    response = client.post("/", data={"queries": '{"q0": {"query": "x"}}'})
    (office / "agencies.csv").unlink()
    assert response.status_code == 500
    assert "agencies.csv" in response.json()["message"]


def test_a_port_that_is_taken_is_told(client):
    command = [*COMMAND, "--lang", "en", "--port", str(client.base_url.port)]
    result = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert result.returncode == 2
    assert str(client.base_url.port) in result.stderr
