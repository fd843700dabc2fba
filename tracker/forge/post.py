"""One comment on a pull request, made once and then kept up to date in its place.

Which request it belongs to is asked of the forge and never of the parcel: it is the open one
whose head is the commit that was reviewed. Only a comment that we wrote ourselves is changed.
"""

from __future__ import annotations

from typing import NamedTuple

from tracker.errors import TrackerError
from tracker.forge.api import Forge
from tracker.review.comment import MARK
from tracker.review.parcel import Parcel


class Posted(NamedTuple):
    number: int
    done: str  # created, updated or unchanged


def post(forge: Forge, parcel: Parcel, head: str) -> list[Posted]:
    """Puts the comment on every open request that proposes ``head`` (as a rule one; none where
    the change has moved on or was closed).

    Raises TrackerError where the parcel is about another commit than ``head``, which is the one
    that the forge's own event named, and where the forge refuses.
    """
    if parcel.head != head:
        raise TrackerError(
            f"the review is not posted: it is about {parcel.head[:9]} and not about {head[:9]}",
            "It was made for another change, or something tampered with it.",
        )
    numbers = [request.number for request in forge.open_requests() if request.head == head]
    return [Posted(number, _put(forge, number, parcel.body)) for number in numbers]


def _put(forge: Forge, number: int, body: str) -> str:
    for comment in forge.comments(number):
        if comment.author == forge.author and comment.body.lstrip().startswith(MARK):
            if _same(comment.body, body):
                return "unchanged"
            forge.update(number, comment.id, body)
            return "updated"
    forge.create(number, body)
    return "created"


def _same(one: str, other: str) -> bool:
    """Whether two texts differ in more than line ends, which forges change."""
    return one.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()
