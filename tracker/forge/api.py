"""The little of each forge's REST API that one comment needs.

Four requests do not need a client library: the standard library's, with what it lacks for this
use. The key is sent to the forge itself and is not carried along when it redirects to a store
for archives; answers have a size limit; and no answer is trusted to be of the right form.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any, NamedTuple

from tracker import __version__
from tracker.errors import TrackerError

_MOST_BYTES = 16 * 1024 * 1024
_TIMEOUT = 30  # seconds for one request
_PAGES, _PER_PAGE = 20, 50


class Request(NamedTuple):
    """An open pull or merge request: its number, and the commit that it proposes."""

    number: int
    head: str


class Comment(NamedTuple):
    id: int
    author: str
    body: str


class Forge:
    """A repository at a forge. ``api`` is the address of its API, ``repository`` is OWNER/NAME."""

    kind = ""
    ref = "refs/pull/{}/head"  # where a request's commit can be fetched
    author = ""  # as whom a workflow's own key writes; empty where the forge tells

    def __init__(self, api: str, repository: str, key: str, author: str = "") -> None:
        address = urllib.parse.urlsplit(api)
        if address.scheme != "https" and address.hostname not in ("localhost", "127.0.0.1", "::1"):
            raise TrackerError("--api: the key is sent over https only", f"Write https:// instead of {api[:60]}")
        if not key.strip() or not key.isascii() or not key.isprintable():
            raise TrackerError("there is no key for the forge", "Put it into the environment as FORGE_TOKEN.")
        if "/" not in repository or ".." in repository or not repository.replace("/", "").strip():
            raise TrackerError(f"“{repository[:60]}” is not a repository", "Write OWNER/NAME.")
        self.api, self.repository, self._key = api.rstrip("/"), repository, key.strip()
        if author:
            self.author = author

    def open_requests(self) -> Iterator[Request]:
        raise NotImplementedError

    def comments(self, number: int) -> Iterator[Comment]:
        raise NotImplementedError

    def create(self, number: int, body: str) -> None:
        raise NotImplementedError

    def update(self, number: int, comment: int, body: str) -> None:
        raise NotImplementedError

    # Requests

    def call(self, method: str, path: str, content: dict | None = None) -> Any:
        """The JSON that a request is answered with."""
        data = self.fetch(method, path, json.dumps(content).encode() if content is not None else None)
        try:
            return json.loads(data) if data else None
        except ValueError:
            raise TrackerError(f"{self._host()} answered with something else than JSON") from None

    def fetch(self, method: str, path: str, data: bytes | None = None) -> bytes:
        request = urllib.request.Request(self.api + path, data, method=method)  # noqa: S310 (checked above)
        request.add_header("Accept", "application/json")
        request.add_header("User-Agent", f"recommendation-tracker/{__version__}")
        if data is not None:
            request.add_header("Content-Type", "application/json")
        for name, value in self._authorise():
            request.add_unredirected_header(name, value)
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
                said = answer.read(_MOST_BYTES + 1)
        except urllib.error.HTTPError as error:
            with error:
                raise TrackerError(
                    f"{self._host()} refused {method} {path.split('?')[0]}: {error.code} {error.reason}", _HINTS.get(error.code, "")
                ) from None
        except (OSError, ValueError) as error:
            why = getattr(error, "reason", error)
            raise TrackerError(f"{self._host()} can't be reached: {why}", "Try again later.") from None
        if len(said) > _MOST_BYTES:
            raise TrackerError(f"{self._host()} answered with more than {_MOST_BYTES // 2**20} MB")
        return said

    def pages(self, path: str, size_name: str = "per_page") -> Iterator[dict]:
        """The entries of a list that comes in pages."""
        for page in range(1, _PAGES + 1):
            entries = self.call("GET", f"{path}{'&' if '?' in path else '?'}{size_name}={_PER_PAGE}&page={page}")
            if not isinstance(entries, list):
                raise TrackerError(f"{self._host()} answered with something else than a list")
            yield from (entry for entry in entries if isinstance(entry, dict))
            if len(entries) < _PER_PAGE:
                return

    def _authorise(self) -> list[tuple[str, str]]:
        return [("Authorization", f"Bearer {self._key}")]

    def _host(self) -> str:
        return urllib.parse.urlsplit(self.api).hostname or "the forge"


_HINTS = {
    401: "The key is wrong or has expired.",
    403: "The key may not do that: it needs to write comments on pull requests.",
    404: "Check the repository's name, and whether the key may see it.",
}


class GitHub(Forge):
    kind = "github"
    author = "github-actions[bot]"
    size_name = "per_page"

    def open_requests(self) -> Iterator[Request]:
        for entry in self.pages(f"/repos/{self.repository}/pulls?state=open&sort=updated&direction=desc", self.size_name):
            yield Request(_number(entry.get("number")), str((entry.get("head") or {}).get("sha", "")))

    def comments(self, number: int) -> Iterator[Comment]:
        for entry in self.pages(f"/repos/{self.repository}/issues/{number}/comments", self.size_name):
            yield _comment(entry, "user", "login")

    def create(self, number: int, body: str) -> None:
        self.call("POST", f"/repos/{self.repository}/issues/{number}/comments", {"body": body})

    def update(self, number: int, comment: int, body: str) -> None:
        self.call("PATCH", f"/repos/{self.repository}/issues/comments/{comment}", {"body": body})

    def artifact(self, run: int, name: str) -> bytes:
        """The zip archive of a workflow run's artifact."""
        found = self.call("GET", f"/repos/{self.repository}/actions/runs/{run}/artifacts?name={urllib.parse.quote(name)}")
        entries = found.get("artifacts") if isinstance(found, dict) else None
        ours = [e for e in entries or [] if isinstance(e, dict) and e.get("name") == name and not e.get("expired")]
        if len(ours) != 1:
            raise TrackerError(f"run {run} has {len(ours) or 'no'} artifact{'s' * (len(ours) > 1)} “{name}”")
        if _number(ours[0].get("size_in_bytes")) > 1024 * 1024:
            raise TrackerError(f"the artifact “{name}” of run {run} is too long", "A review has a few kilobytes.")
        return self.fetch("GET", f"/repos/{self.repository}/actions/artifacts/{_number(ours[0].get('id'))}/zip")


class Forgejo(GitHub):
    """Forgejo and Gitea answer as GitHub does, but for a few words."""

    kind = "forgejo"
    author = "forgejo-actions"
    size_name = "limit"

    def _authorise(self) -> list[tuple[str, str]]:
        return [("Authorization", f"token {self._key}")]


class Gitea(Forgejo):
    kind = "gitea"
    author = "gitea-actions"


class GitLab(Forge):
    kind = "gitlab"
    ref = "refs/merge-requests/{}/head"

    def __init__(self, api: str, repository: str, key: str, author: str = "") -> None:
        super().__init__(api, repository, key, author)
        self._project = f"/projects/{urllib.parse.quote(repository, safe='')}"

    def open_requests(self) -> Iterator[Request]:
        for entry in self.pages(f"{self._project}/merge_requests?state=opened&order_by=updated_at"):
            yield Request(_number(entry.get("iid")), str(entry.get("sha") or ""))

    def comments(self, number: int) -> Iterator[Comment]:
        if not self.author:
            me = self.call("GET", "/user")
            self.author = str(me.get("username", "")) if isinstance(me, dict) else ""
        for entry in self.pages(f"{self._project}/merge_requests/{number}/notes?sort=asc"):
            yield _comment(entry, "author", "username")

    def create(self, number: int, body: str) -> None:
        self.call("POST", f"{self._project}/merge_requests/{number}/notes", {"body": body})

    def update(self, number: int, comment: int, body: str) -> None:
        self.call("PUT", f"{self._project}/merge_requests/{number}/notes/{comment}", {"body": body})

    def _authorise(self) -> list[tuple[str, str]]:
        return [("PRIVATE-TOKEN", self._key)]


FORGES: dict[str, type[Forge]] = {kind.kind: kind for kind in (GitHub, Forgejo, Gitea, GitLab)}


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TrackerError("the forge answered with something else than a number")
    return value


def _comment(entry: dict, who: str, name: str) -> Comment:
    author = entry.get(who)
    said = str(author.get(name, "")) if isinstance(author, dict) else ""
    return Comment(_number(entry.get("id")), said, str(entry.get("body") or ""))
