"""The words that a tracker uses, each with its definition.

These are the defaults; `tracker.yml` can replace any list. The same values feed the
checks, the tables, the colours and the method page, so nothing is written down twice.
"""

from __future__ import annotations

import msgspec

NOT_ASSESSED = "not-assessed"
NO_RESPONSE = "none"


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One value of a list."""

    label: str
    definition: str = ""


class Status(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was done.

    ``score`` (0 to 3) feeds the implementation index; without one the value has no place
    in it. ``open``: still to be followed up. ``done``: counts as implemented. ``counted``:
    false leaves the pair out of every denominator. ``evidence``: an assessment with
    this value must cite some. ``colour`` names one of the palette's colours, ``icon`` one
    of the site's shapes: colour is never the only signal.
    """

    label: str
    definition: str = ""
    score: int | None = None
    open: bool = True
    done: bool = False
    counted: bool = True
    evidence: bool = True
    colour: str = "grey"
    icon: str = "circle"


STATUS = {
    "implemented": Status(
        "Implemented", "All of what was asked is in place.",
        score=3, open=False, done=True, colour="green", icon="check"),
    "ongoing": Status(
        "Ongoing", "A standing duty that is currently met.",
        score=3, done=True, colour="teal", icon="loop"),
    "partly-implemented": Status(
        "Partly implemented", "Some of what was asked is fully in place.",
        score=2, colour="lime", icon="half"),
    "under-way": Status(
        "Under way", "Action is being taken; none of it is complete.",
        score=1, colour="blue", icon="play"),
    "planned": Status(
        "Planned", "A plan, mandate, budget or date exists; there is no action yet.",
        score=1, colour="indigo", icon="flag"),
    "stalled": Status(
        "Stalled", "It was planned or under way, and has not moved since the last review.",
        score=1, colour="amber", icon="pause"),
    "not-started": Status(
        "Not started", "The addressee says so, or it can be shown.",
        score=0, colour="orange", icon="stop"),
    "no-evidence": Status(
        "No evidence found", "Somebody looked, and found nothing.",
        score=0, evidence=False, colour="brown", icon="search"),
    "reversed": Status(
        "Reversed", "It had been in place or under way, and was undone.",
        score=0, colour="red", icon="undo"),
    "dropped": Status(
        "Dropped", "Given up or refused, and closed.",
        score=0, open=False, colour="maroon", icon="cross"),
    "overtaken": Status(
        "Overtaken by events", "Events made it pointless. It is left out of every count.",
        open=False, counted=False, colour="slate", icon="skip"),
    NOT_ASSESSED: Status(
        "Not assessed", "Nobody has looked yet. This does not mean that nothing was done.",
        evidence=False, colour="grey", icon="empty"),
}

RESPONSE = {
    "accepted": Term("Accepted", "The addressee agreed to do it."),
    "accepted-in-part": Term("Accepted in part", "The addressee agreed to some of it."),
    "accepted-in-principle": Term(
        "Accepted in principle", "The addressee agrees with the aim, not yet with the means."),
    "noted": Term("Noted", "The addressee took note and did not commit itself."),
    "rejected": Term("Rejected", "The addressee refused."),
    NO_RESPONSE: Term("No reply on record", "No reply of the addressee has been recorded."),
}

RESULT = {
    "major": Term("Major", "It clearly helped."),
    "marginal": Term("Marginal", "It helped a little."),
    "none": Term("None", "It made no difference that could be seen."),
    "worsened": Term("Worsened", "It made things worse."),
}

BASIS = {
    "self-report": Term("Self-report", "The actor's own account of what it did."),
    "document": Term("Document", "A resolution, report or other document shows it."),
    "third-party": Term("Third party", "Somebody independent of the actor says so."),
    "field": Term("Field", "It was observed where it matters."),
}

CONFIDENCE = {
    "high": Term("High", "Direct evidence; another assessor would very likely agree."),
    "medium": Term("Medium", "Good evidence with gaps, or a matter of judgement."),
    "low": Term("Low", "Indirect or dated evidence."),
}

STRENGTH = {
    "must": Term("Must", "The text demands it."),
    "should": Term("Should", "The text recommends it."),
    "could": Term("Could", "The text suggests it as a possibility."),
    "encouraged": Term("Encouraged", "The text hopes for it or welcomes it."),
}

KIND = {
    "formal": Term("Formal", "Listed as a recommendation or action point."),
    "proposal": Term("Proposal", "Made in running text."),
}

STANCE = {
    "supports": Term("Supports", "Speaks for the status."),
    "contradicts": Term("Contradicts", "Speaks against the status."),
    "context": Term("Context", "Helps to judge it."),
}

ACTOR_TYPE = {
    "un-entity": Term("United Nations"),
    "rigo": Term("Regional organisation"),
    "state": Term("State"),
    "cso": Term("Civil society"),
    "private": Term("Private sector"),
    "group": Term("Group"),
    "other": Term("Other"),
}

EVENT_KIND = {
    "conference": Term("Conference"),
    "meeting": Term("Meeting"),
    "deadline": Term("Deadline"),
    "process": Term("Process"),
    "launch": Term("Launch"),
    "crisis": Term("Crisis"),
    "publication": Term("Publication"),
}

REGION = {
    "global": Term("Global"),
    "africa": Term("Africa"),
    "east-africa": Term("East Africa"),
    "west-africa": Term("West Africa"),
    "southern-africa": Term("Southern Africa"),
    "drc-great-lakes": Term("DRC and the Great Lakes"),
    "south-sudan": Term("South Sudan"),
    "mena": Term("Middle East and North Africa"),
    "europe": Term("Europe"),
    "western-balkans": Term("Western Balkans"),
    "south-caucasus": Term("South Caucasus"),
    "north-caucasus": Term("North Caucasus"),
    "central-asia": Term("Central Asia"),
    "south-asia": Term("South Asia"),
    "southeast-asia": Term("Southeast Asia"),
    "pacific": Term("Pacific"),
    "north-america": Term("North America"),
    "latin-america-caribbean": Term("Latin America and the Caribbean"),
    "central-america": Term("Central America"),
}


class Vocabulary(msgspec.Struct, forbid_unknown_fields=True):
    """Every list of allowed values, by the name that fields use for it."""

    status: dict[str, Status] = msgspec.field(default_factory=lambda: dict(STATUS))
    response: dict[str, Term] = msgspec.field(default_factory=lambda: dict(RESPONSE))
    result: dict[str, Term] = msgspec.field(default_factory=lambda: dict(RESULT))
    basis: dict[str, Term] = msgspec.field(default_factory=lambda: dict(BASIS))
    confidence: dict[str, Term] = msgspec.field(default_factory=lambda: dict(CONFIDENCE))
    strength: dict[str, Term] = msgspec.field(default_factory=lambda: dict(STRENGTH))
    kind: dict[str, Term] = msgspec.field(default_factory=lambda: dict(KIND))
    stance: dict[str, Term] = msgspec.field(default_factory=lambda: dict(STANCE))
    actor_type: dict[str, Term] = msgspec.field(default_factory=lambda: dict(ACTOR_TYPE))
    event_kind: dict[str, Term] = msgspec.field(default_factory=lambda: dict(EVENT_KIND))
    region: dict[str, Term] = msgspec.field(default_factory=lambda: dict(REGION))

    def __post_init__(self) -> None:
        # Derived values exist whatever a tracker declares: nobody can write them down.
        self.status.setdefault(NOT_ASSESSED, STATUS[NOT_ASSESSED])
        self.response.setdefault(NO_RESPONSE, RESPONSE[NO_RESPONSE])

    def allowed(self, name: str) -> list[str]:
        """The values that a record may use for the list ``name``."""
        derived = {"status": NOT_ASSESSED, "response": NO_RESPONSE}.get(name)
        return [key for key in getattr(self, name) if key != derived]

    def label(self, name: str, key: str) -> str:
        term = getattr(self, name).get(key)
        return term.label if term else key
