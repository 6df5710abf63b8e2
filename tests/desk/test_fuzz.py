"""No request makes the desk fail: made up from its own description, none is answered with a 500."""

from __future__ import annotations

import json

from desks import client_of
from fuzzing import known_of, requests

#: Requests in the suite; ``python -m benchmarks.desk --fuzz`` sends 10,000 of them.
SOME = 500


def test_no_request_made_from_the_description_fails(desk):
    client = client_of(desk, raise_server_exceptions=True, follow_redirects=False)
    description = client.get("/api").json()
    answered = set()
    for sent in requests(description, known_of(client), SOME):
        answer = client.request(sent.method, sent.address, headers=sent.headers, data=sent.form or None)
        assert answer.status_code < 500, sent
        answered.add(answer.status_code)
        if answer.headers.get("content-type") == "application/json" and sent.method == "GET":
            json.loads(answer.text)
    assert {200, 303, 400, 403, 404, 405} <= answered


def test_the_description_names_every_page_and_each_parameter_tells_what_it_is(client):
    from dragoman.desk.routes import SCREENS

    description = client.get("/api").json()
    assert description["openapi"].startswith("3.1")
    assert {s.path for s in SCREENS} <= set(description["paths"])
    for path in description["paths"].values():
        for operation in path.values():
            assert operation["summary"] and operation["responses"]
            assert all(p["description"] and p["schema"] for p in operation.get("parameters", ()))
