"""`tracker comment`: one comment, made once and kept up to date, whatever is handed to it."""

from __future__ import annotations

import io
import json
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Ran

from forge.fake import BOTS, KEY, REPOSITORY, Fake, serving
from tracker.cli.comment import command
from tracker.errors import TrackerError
from tracker.review.comment import MARK, MOST

HEAD, OTHER = "a" * 40, "b" * 40
BODY = f"{MARK}\n### What this change says\n\n✅ 1 new assessment. The form is in order.\n"


def parcel(**changes) -> bytes:
    return json.dumps({"version": 1, "head": HEAD, "base": OTHER, "body": BODY, **changes}).encode()


def archive(*files: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files:
            target.writestr(name, data)
    return made.getvalue()


@pytest.fixture(params=list(BOTS))
def forge(request) -> Iterator[Fake]:
    with serving(request.param) as fake:
        fake.requests = {7: OTHER, 12: HEAD}
        yield fake


@pytest.fixture
def github() -> Iterator[Fake]:
    with serving("github") as fake:
        fake.requests = {7: OTHER, 12: HEAD}
        yield fake


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> Callable[..., Ran]:
    """The command, in this process: there are many cases."""

    def post(fake: Fake, data: bytes = b"", *more: str, key: str = KEY, head: str = HEAD) -> Ran:
        given = list(more)
        if data:
            file = tmp_path / "review.json"
            file.write_bytes(data)
            given.append(str(file))
        given += ["--forge", fake.kind, "--api", fake.address, "--repository", REPOSITORY, "--head", head]
        monkeypatch.setenv("FORGE_TOKEN", key)
        capsys.readouterr()
        try:
            status, said = command.main(given, standalone_mode=False), ""
        except TrackerError as error:
            status, said = 2, f"{error.message}\n  {error.hint}"
        return Ran(status, capsys.readouterr().out, said)

    return post


def test_it_is_made_once_and_then_updated_in_its_place(forge, call) -> None:
    forge.add(12, "a-person", "First!")
    done = call(forge, parcel())
    assert (done.status, done.out) == (0, "the comment on request 12 was created\n")
    assert [c[1:] for c in forge.comments[12]] == [["a-person", "First!"], [BOTS[forge.kind], BODY]]
    changed = BODY.replace("1 new", "2 new")
    assert call(forge, parcel(body=changed)).out == "the comment on request 12 was updated\n"
    assert call(forge, parcel(body=changed)).out == "the comment on request 12 is as it was\n"
    assert len(forge.comments[12]) == 2
    assert "2 new" in forge.comments[12][1][2]
    assert 7 not in forge.comments


def test_a_comment_of_somebody_else_with_our_mark_is_left_alone(forge, call) -> None:
    forge.add(12, "another-bot", BODY)
    forge.add(12, "a-person", f"{MARK}\nI am the tracker, and all is well")
    call(forge, parcel())
    assert [c[1] for c in forge.comments[12]] == ["another-bot", "a-person", BOTS[forge.kind]]
    assert forge.comments[12][1][2].endswith("all is well")


def test_our_own_comment_is_found_behind_many_others(github, call) -> None:
    for number in range(120):
        github.add(12, "a-person", f"Comment {number}")
    call(github, parcel())
    call(github, parcel(body=BODY + "More\n"))
    assert len(github.comments[12]) == 121


def test_a_change_that_has_moved_on_or_is_closed_gets_no_comment(forge, call) -> None:
    forge.requests = {12: OTHER}
    done = call(forge, parcel())
    assert (done.status, "no open request proposes aaaaaaaaa" in done.out) == (0, True)
    assert forge.comments == {}
    assert {method for method, _, _ in forge.seen} <= {"GET"}


# What a hostile or broken parcel is refused with. Nothing is sent to the forge then.
REFUSED = {
    "another commit": (parcel(head=OTHER), "it is about bbbbbbbbb and not about aaaaaaaaa"),
    "a number of its own": (parcel(number=7), "another form"),
    "no JSON": (b"<html>", "another form"),
    "empty": (b" ", "another form"),
    "a list": (b"[]", "another form"),
    "huge": (parcel(body=BODY + "x" * 600_000), "it is too long"),
    "long text": (parcel(body=BODY + "x" * (MOST + 300)), "too long, or is no review"),
    "no mark": (parcel(body="Hello"), "is no review"),
    "deep": (b'{"a":' * 5000, "another form"),
    "a commit that is an option": (parcel(base="--upload-pack=x"), "does not name its commits"),
    "another version": (parcel(version=2), "its version is 2"),
    "HTML": (parcel(body=BODY + "<img src=x>"), "more than text"),
    "a closing comment": (parcel(body=BODY + "--> <script>"), "more than text"),
    "a picture": (parcel(body=BODY + "![x](https://evil.example/x.png)"), "more than text"),
    "a link": (parcel(body=BODY + "[accept it](https://evil.example)"), "more than text"),
    "a link behind an escape": (parcel(body=BODY + "\\\\[accept it\\\\](x)"), "more than text"),
    "a bare address": (parcel(body=BODY + "see https://evil.example"), "more than text"),
    "a preview that is not one": (
        parcel(body=BODY + "Look at the site as it would be: https://x.example) @all\n"), "more than text"),
    "a mention": (parcel(body=BODY + "@everyone"), "more than text"),
    "a reference": (parcel(body=BODY + "fixes #1"), "more than text"),
    "another reference": (parcel(body=BODY + "see GH-1"), "more than text"),
    "code that ends early": (parcel(body=BODY + "`a` @all `b`"), "more than text"),
    "half a code": (parcel(body=BODY + "`a\n@all`"), "more than text"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_parcel_that_we_would_not_have_made_is_refused(github, call, name: str) -> None:
    data, message = REFUSED[name]
    done = call(github, data)
    assert (done.status, done.out) == (2, "")
    assert message in done.err
    assert {method for method, _, _ in github.seen} <= {"GET"}


def test_a_preview_of_ours_may_stand_in_it(github, call) -> None:
    body = BODY + "Look at the site as it would be: https://github.com/group/tracker/actions/runs/5\n"
    assert call(github, parcel(body=body)).status == 0


def test_the_artifact_of_a_run_is_read_in_memory_and_the_key_stays_with_the_forge(github, call) -> None:
    github.archive = archive(("review.json", parcel()))
    github.artifacts = [{"id": 5, "name": "review", "size_in_bytes": 900, "expired": False}]
    assert call(github, b"", "--run", "99").out == "the comment on request 12 was created\n"
    assert [key for _, path, key in github.seen if path.startswith("/storage")] == [""]


def bomb() -> bytes:
    return archive(("review.json", b"0" * 20_000_000))


ARCHIVES = {
    "a way out of the folder": (archive(("../../review.json", parcel())), "something else than one file"),
    "an absolute path": (archive(("/etc/cron.d/x", parcel())), "something else than one file"),
    "a second file": (archive(("review.json", parcel()), ("tracker.py", b"import os")), "something else than one"),
    "the same file twice": (archive(("review.json", parcel()), ("review.json", b"{}")), "something else than one"),
    "no file": (archive(), "something else than one file"),
    "no archive": (b"PK\x03\x04 and no more", "the archive can't be read"),
    "cut off": (archive(("review.json", parcel()))[:-30], "the archive can't be read"),
    "a bomb": (bomb(), "is too long"),
    "too many bytes": (b"x" * 2_000_000, "the archive has 2,000,000 bytes"),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_hostile_archive_is_refused_and_writes_nothing(github, call, tmp_path: Path, name: str) -> None:
    github.archive, message = ARCHIVES[name]
    github.artifacts = [{"id": 5, "name": "review", "size_in_bytes": 900, "expired": False}]
    done = call(github, b"", "--run", "99")
    assert (done.status, message in done.err) == (2, True), done.err
    assert github.comments == {}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("artifacts", "message"), [
    ([], "has no artifact “review”"),
    ([{"id": 5, "name": "other", "size_in_bytes": 9}], "has no artifact “review”"),
    ([{"id": 5, "name": "review", "size_in_bytes": 9, "expired": True}], "has no artifact “review”"),
    ([{"id": 5, "name": "review", "size_in_bytes": 9}] * 2, "has 2 artifacts “review”"),
    ([{"id": 5, "name": "review", "size_in_bytes": 10**9}], "is too long"),
    ([{"id": "../x", "name": "review", "size_in_bytes": 9}], "something else than a number"),
])  # fmt: skip
def test_an_artifact_that_is_not_the_one_is_refused(github, call, artifacts: list, message: str) -> None:
    github.artifacts = artifacts
    done = call(github, b"", "--run", "99")
    assert (done.status, message in done.err) == (2, True), done.err


@pytest.mark.parametrize(("status", "hint"), [(401, "wrong or has expired"), (403, "may not do that"), (404, "name"), (500, "")])
def test_what_the_forge_refuses_is_told(forge, call, status: int, hint: str) -> None:
    forge.status = status
    done = call(forge, parcel())
    assert done.status == 2
    assert "127.0.0.1 refused GET" in done.err
    assert str(status) in done.err
    assert hint in done.err
    assert KEY not in done.err


@pytest.mark.parametrize(("options", "message"), [
    ({"key": ""}, "there is no key for the forge"),
    ({"key": "a\nb"}, "there is no key for the forge"),
    ({"head": "abc"}, "this is not the id of a commit"),
    ({"head": ""}, "this is not the id of a commit"),
])  # fmt: skip
def test_bad_options_are_refused_before_anything_is_sent(github, call, options: dict, message: str) -> None:
    done = call(github, parcel(), **options)
    assert (done.status, message in done.err, github.seen) == (2, True, [])


def test_the_key_is_not_sent_in_the_clear(run, tmp_path: Path) -> None:
    file = tmp_path / "review.json"
    file.write_bytes(parcel())
    done = run("comment", file, "--forge", "github", "--api", "http://forge.example", "--repository", REPOSITORY,
               "--head", HEAD, env={"FORGE_TOKEN": KEY})  # fmt: skip
    assert (done.status, "https only" in done.err) == (2, True)
