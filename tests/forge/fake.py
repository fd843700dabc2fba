"""A forge on this machine: the few answers of GitHub's, Forgejo's and GitLab's API that a comment needs."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

KEY = "a-key-of-this-test"
BOTS = {"github": "github-actions[bot]", "forgejo": "forgejo-actions", "gitea": "gitea-actions", "gitlab": "tracker-bot"}
REPOSITORY = "group/tracker"


class Fake:
    """``requests`` is number to head commit, ``comments`` number to list of [id, author, body]."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.requests: dict[int, str] = {}
        self.comments: dict[int, list[list]] = {}
        self.artifacts: list[dict] = []
        self.archive = b""
        self.seen: list[tuple[str, str, str]] = []  # method, path, key
        self.status = 0  # answer everything with this
        self.address = ""

    def add(self, number: int, author: str, body: str) -> None:
        ids = [entry[0] for found in self.comments.values() for entry in found]
        self.comments.setdefault(number, []).append([max(ids, default=100) + 1, author, body])

    # What a request is answered with: (status, JSON or bytes, headers)

    def answer(self, method: str, path: str, query: dict, content: dict, key: str):
        self.seen.append((method, path, key))
        if self.status:
            return self.status, {"message": "no"}, {}
        if path.startswith("/storage/"):
            return 200, self.archive, {}
        if key != {"github": f"Bearer {KEY}", "gitlab": KEY}.get(self.kind, f"token {KEY}"):
            return 401, {"message": "Bad credentials"}, {}
        return self._gitlab(method, path, query, content) if self.kind == "gitlab" else self._github(
            method, path, query, content)  # fmt: skip

    def _github(self, method: str, path: str, query: dict, content: dict):
        rest = path.removeprefix(f"/repos/{REPOSITORY}")
        match method, rest.strip("/").split("/"):
            case "GET", ["pulls"]:
                listed = [{"number": n, "head": {"sha": sha}} for n, sha in self.requests.items()]
                return 200, self._page(listed, query), {}
            case "GET", ["issues", number, "comments"]:
                listed = [{"id": i, "user": {"login": a}, "body": b} for i, a, b in self.comments.get(int(number), [])]
                return 200, self._page(listed, query), {}
            case "POST", ["issues", number, "comments"]:
                self.add(int(number), BOTS[self.kind], content["body"])
                return 201, {}, {}
            case "PATCH", ["issues", "comments", which]:
                self._update(int(which), content["body"])
                return 200, {}, {}
            case "GET", ["actions", "runs", _, "artifacts"]:
                return 200, {"artifacts": self.artifacts}, {}
            case "GET", ["actions", "artifacts", _, "zip"]:
                return 302, {}, {"Location": f"{self.address}/storage/signed"}
        return 404, {"message": "Not Found"}, {}

    def _gitlab(self, method: str, path: str, query: dict, content: dict):
        if path == "/user":
            return 200, {"username": BOTS["gitlab"]}, {}
        rest = unquote(path).removeprefix(f"/projects/{REPOSITORY}/merge_requests")
        match method, rest.strip("/").split("/"):
            case "GET", [""]:
                listed = [{"iid": n, "sha": sha} for n, sha in self.requests.items()]
                return 200, self._page(listed, query), {}
            case "GET", [number, "notes"]:
                listed = [{"id": i, "author": {"username": a}, "body": b} for i, a, b in self.comments.get(int(number), [])]
                return 200, self._page(listed, query), {}
            case "POST", [number, "notes"]:
                self.add(int(number), BOTS["gitlab"], content["body"])
                return 201, {}, {}
            case "PUT", [_, "notes", which]:
                self._update(int(which), content["body"])
                return 200, {}, {}
        return 404, {"message": "404 Not Found"}, {}

    def _update(self, which: int, body: str) -> None:
        for found in self.comments.values():
            for entry in found:
                if entry[0] == which:
                    entry[2] = body.replace("\n", "\r\n")  # forges change line ends

    def _page(self, entries: list, query: dict) -> list:
        size = int((query.get("per_page") or query.get("limit") or ["30"])[0])
        start = (int(query.get("page", ["1"])[0]) - 1) * size
        return entries[start : start + size]


@contextmanager
def serving(kind: str) -> Iterator[Fake]:
    """A forge of a kind, on a free port of this machine, until the test is over."""
    fake = Fake(kind)

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            address = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            content = json.loads(self.rfile.read(length)) if length else {}
            key = self.headers.get("Authorization") or self.headers.get("PRIVATE-TOKEN") or ""
            status, said, more = fake.answer(self.command, address.path, parse_qs(address.query), content, key)
            data = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = do_PUT = _serve

        def log_message(self, *_) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        fake.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield fake
        finally:
            server.shutdown()
            thread.join()
