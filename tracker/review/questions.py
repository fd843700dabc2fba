"""The checklist: what a person has to look at, because no program can.

Each question is derived from the change; one that does not concern it is not asked. Contact
details that look private are counted and never repeated: a comment is public too.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.review.gather import Review
from tracker.safety import allowed_url
from tracker.store import PAGES


def questions(review: Review) -> Iterator[str]:
    """Plain sentences, most pressing first."""
    if private := len(review.private):
        some = f"{private:,} changed {_plural('file', private)}"
        yield (f"**Is a person exposed?** {some} {'hold' if private != 1 else 'holds'} what looks like a mail address or a "
               "telephone number. Unless it is an office's public one, it must not be accepted, "
               "and may have to be removed from the history too.")  # fmt: skip
    pictures = [path for _, path in review.other if path.startswith(f"{PAGES}/")]
    if code := len(review.other) - len(pictures):
        yield (f"**Has somebody looked who reads code?** {code:,} of the changed files "
               f"{'are' if code != 1 else 'is'} neither record nor page: see the list below.")  # fmt: skip
    if pictures:
        yield "**May each new picture or PDF be published?** Look at it: who can be seen, and whose is it?"
    if review.history:
        yield "**Why is something changed that was published?** A mistake is corrected by a later entry."
    cited = [e for said in review.sayings for e in said.evidence]
    if review.sayings:
        yield from _of_sayings(review, cited)
    if any(collection == "recommendations" for collection, _ in review.added):
        yield "**Does the document ask this?** Open it at the place that is named: same ask, same addressees."
    if any(collection == "sources" for collection, _ in review.added):
        yield "**Is the new document public**, and are its title and date as it has them?"
    if any(collection in ("actors", "contacts") for collection, _ in review.added):
        yield "**Is each new page about a body or an office**, never about a person?"
    yield ("**Is all of it public, and does it protect people?** No private addresses, no names of "
           "witnesses, sources or local staff, nothing from closed sessions.")  # fmt: skip


def _of_sayings(review: Review, cited: list) -> Iterator[str]:
    with_address = sum(1 for e in cited if e.url and allowed_url(e.url))
    if with_address:
        yield (f"**Does the evidence open?** {with_address:,} {_plural('address', with_address)} below. Does each "
               "show what is claimed, and is it there to stay?")  # fmt: skip
    if left := sum(1 for e in cited if not (e.url or e.source or e.symbol)):
        yield (f"**Can the evidence be found?** {left:,} {_plural('document', left)} {_has(left)} neither an address "
               "nor a symbol.")  # fmt: skip
    if any(not said.evidence for said in review.sayings):
        yield "**What does it rest on?** An assessment names no document."
    yield "**Is it the lowest status that the evidence supports**, and the date when it was so?"
    if any(said.itself and said.basis != "self-report" for said in review.sayings):
        yield "**Who judges?** An actor judges itself, and the basis does not say so."
    if any(said.corrects for said in review.sayings):
        yield "**Does the correction say why** the earlier entry was wrong?"


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}es" if word.endswith("s") else f"{word}s"


def _has(count: int) -> str:
    return "has" if count == 1 else "have"
