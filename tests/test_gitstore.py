"""A commit is read just as the work tree is, and a ref can do no more than name one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import GOOD, TODAY
from repositories import Repository

from tracker.errors import TrackerError
from tracker.gitrepo import Repository as Opened
from tracker.gitstore import GitTree
from tracker.project import Project


def at(root: Path, ref: str = "HEAD") -> Project:
    return Project.at(root, ref, TODAY, use_cache=False)


@pytest.fixture
def repository(tracker) -> Repository:
    tracker.recommendation()
    made = Repository(tracker.root)
    made.commit()
    return made


def same(one: Project, other: Project) -> bool:
    return [r for _, r in one.corpus.records()] == [r for _, r in other.corpus.records()]


def test_a_commit_gives_the_records_and_findings_of_the_work_tree(tracker, repository) -> None:
    tracker.recommendation("bad", title="title: [", order="order: x")
    tracker.recommendation("vague", title="title: Support peace", measures="")
    tracker.write("docs/picture.png", b"x")
    tracker.write("docs/.hidden.md", "not read")
    repository.commit()
    now, then = tracker.project(), at(tracker.root)
    assert same(now, then)
    assert now.findings == then.findings
    assert now.findings
    assert [e.path for e in now.tree.assets()] == [e.path for e in then.tree.assets()] == ["docs/picture.png"]


def test_a_commit_is_read_as_it_was_with_its_own_configuration(tracker, repository) -> None:
    tracker.recommendation("later")
    tracker.write("tracker.yml", "name: Another name\nlead_assessor: watch\nreview_months: 3\n")
    repository.commit()
    then = at(tracker.root, "HEAD~1")
    assert list(then.corpus.recommendations) == ["ask"]
    assert (then.config.name, then.config.review_months) == ("A tracker", 24)


def test_what_the_work_tree_has_too_comes_from_its_cache(tracker, repository) -> None:
    tracker.project(use_cache=True)
    cache = (tracker.root / ".tracker" / "records.msgpack")
    before = cache.read_bytes()
    tracker.recommendation("later")
    assert same(Project.at(tracker.root, "HEAD", TODAY), at(tracker.root))
    assert cache.read_bytes() == before, "a commit is never written to the cache"


def test_a_tracker_in_a_folder_of_a_repository(tmp_path, tracker) -> None:
    tracker.recommendation()
    repository = Repository(tmp_path)
    tracker.root.rename(tmp_path / "a folder [1]")
    (tmp_path / "recommendations").mkdir()
    (tmp_path / "recommendations" / "other.md").write_text("not of this tracker")
    repository.commit()
    assert list(at(tmp_path / "a folder [1]").corpus.recommendations) == ["ask"]


def test_line_ends_and_a_byte_order_mark_mean_nothing(tracker, repository) -> None:
    tracker.write("recommendations/report/ask.md", b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    repository.git("-c", "core.autocrlf=false", "add", "-A")
    repository.commit()
    assert at(tracker.root).corpus.recommendations == at(tracker.root, "HEAD~1").corpus.recommendations


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_links_and_submodules_are_findings_and_are_not_followed(tracker, repository) -> None:
    (tracker.root / "docs/actors/link.md").symlink_to("/etc/passwd")
    repository.git("add", "-A")
    id = repository.git("rev-parse", "HEAD")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{id},docs/actors/module")
    repository.git("commit", "-q", "-m", "Odd things")
    found = [(f.path, f.code) for f in at(tracker.root).findings]
    assert found == [("docs/actors/link.md", "T901"), ("docs/actors/module", "T903")]


def test_a_file_whose_content_is_not_here_is_a_finding(tracker, repository) -> None:
    with Opened(tracker.root) as opened:
        tree = GitTree(opened, opened.resolve("HEAD"))
        entry = next(e for e in tree.records() if e.path.endswith("ask.md"))
        assert tree.read(entry._replace(full="1" * 40)) is None
        assert [f.code for f in tree.findings] == ["T101"]


# ref: a part of what is said
BAD_REFS = {
    "": "can't be the name", "-h": "can't be the name", "--output=x": "can't be the name",
    "a\nb": r"a\x0ab", "\x1b[31m": r"\x1b[31m", "main\0x": "can't be the name", "x" * 300: "can't be the name",
    "main branch": "can't be the name", "\u202emain": "can't be the name",
    "nowhere": "there is no branch, tag or commit", "HEAD~9": "there is no", "main..main": "there is no",
    "HEAD:docs": "there is no", "main^{tree}": "there is no", "0" * 40: "there is no", "$(id)": "there is no",
    "'; id": "can't be the name", "refs/../x": "there is no", "*": "there is no", "@{9}": "there is no",
}  # fmt: skip


@pytest.mark.parametrize("ref", BAD_REFS, ids=lambda ref: ascii(ref[:20]))
def test_a_bad_ref_is_one_message(ref: str, tracker, repository) -> None:
    with pytest.raises(TrackerError) as raised:
        at(tracker.root, ref)
    assert BAD_REFS[ref] in raised.value.message
    assert raised.value.message.isprintable()
    assert raised.value.hint
    assert not (tracker.root / "x").exists()


def test_near_names_are_offered(tracker, repository) -> None:
    repository.git("tag", "v1.0")
    for wrong, right in (("mian", "“main”"), ("v1.1", "“v1.0”")):
        with pytest.raises(TrackerError) as raised:
            at(tracker.root, wrong)
        assert right in raised.value.hint


@pytest.mark.parametrize("ref", ["main", "HEAD", "v1", "HEAD~0", "@"])
def test_whatever_names_a_commit_is_resolved_to_its_id(ref: str, tracker, repository) -> None:
    repository.git("tag", "-a", "-m", "x", "v1")
    with Opened(tracker.root) as opened:
        assert opened.resolve(ref) == opened.resolve(opened.resolve(ref)[:9]) == repository.git("rev-parse", "HEAD")


def test_a_folder_without_git_an_empty_repository_and_one_without_files(tracker) -> None:
    with pytest.raises(TrackerError, match="not in a git repository"):
        at(tracker.root)
    repository = Repository(tracker.root)
    with pytest.raises(TrackerError, match="nothing has been committed"):
        at(tracker.root)
    repository.git("commit", "-q", "--allow-empty", "-m", "Nothing")
    assert list(at(tracker.root).corpus.records()) == []
