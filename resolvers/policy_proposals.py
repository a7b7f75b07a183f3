"""Changes that wait: for their day, or for the signature of a second policy editor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from authz import Line, Right, Viewer, decide_on_platform
from models import NotFound, PolicyProposal, ProposalState, fetch
from resolvers.paging import check_first

_COLUMNS = """
SELECT p.id, p.platform_id, p.comment, p.base_version, p.edits, p.effective_on, p.state, p.at, p.reason,
       p.author_id, p.signer_id, p.signed_at, p.applied_version,
       a.first_name || ' ' || a.last_name AS author, s.first_name || ' ' || s.last_name AS signer
FROM policy_proposal p
JOIN user_account a ON a.id = p.author_id LEFT JOIN user_account s ON s.id = p.signer_id """


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change as it is asked for. `unsigning`: it does no more than end the second signature.

    `convention`: what a convention becomes with these lines (`resolvers.convention_changes`), and its `id`.
    """

    platform: str
    add: tuple[Line, ...]
    close: tuple[int, ...]
    base: int
    comment: str
    effective_on: date | None = None
    unsigning: bool = False
    convention: Mapping[str, Any] | None = None

    @property
    def convention_id(self) -> UUID | None:
        """The convention whose lines these are; None for lines that the desk edits."""
        return None if self.convention is None else UUID(self.convention["id"])

    def stored(self) -> dict[str, Any]:
        """What `policy_proposal.edits` keeps."""
        whose = None if self.convention_id is None else str(self.convention_id)
        add = [{"ptype": line.ptype, "values": list(line.values), "convention": whose} for line in self.add]
        kept = {"add": add, "close": list(self.close), "unsigning": self.unsigning}
        return kept if self.convention is None else {**kept, "change": dict(self.convention)}


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal, and where it stands."""

    id: UUID
    proposal: Proposal
    state: ProposalState
    author_id: UUID
    author: str
    at: datetime
    signer: str | None
    signed_at: datetime | None
    reason: str
    applied_version: int | None

    @property
    def waiting(self) -> bool:
        """Whether it may still be applied."""
        return self.state in (ProposalState.AWAITING_SIGNATURE, ProposalState.SCHEDULED)


async def propose(viewer: Viewer, wanted: Proposal, *, signed: bool) -> UUID:
    """Keep a change for later, in the caller's transaction; `signed`: it waits for its day only."""
    made = await PolicyProposal.create(
        platform_id=wanted.platform,
        comment=wanted.comment,
        base_version=wanted.base,
        edits=wanted.stored(),
        effective_on=wanted.effective_on,
        state=ProposalState.SCHEDULED if signed else ProposalState.AWAITING_SIGNATURE,
        author_id=viewer.user_id,
        at=datetime.now(UTC),
    )
    return made.id


async def read(viewer: Viewer, proposal_id: UUID, *, lock: bool = False) -> ProposalRow:
    """A proposal; with `lock`, held until the transaction ends.

    Raises NotFound POLICY_PROPOSAL_UNKNOWN, the same for none and for one of a platform that is not his.
    """
    row = await one(proposal_id, lock=lock)
    if row is None or not decide_on_platform(viewer, Right.POLICY_EDIT, row.proposal.platform).allowed:
        raise not_found()
    return row


async def one(proposal_id: UUID, *, lock: bool = False) -> ProposalRow | None:
    """A proposal, whoever asks."""
    ending = " FOR UPDATE OF p" if lock else ""
    rows = await fetch(f"{_COLUMNS}WHERE p.id = %s{ending}", [proposal_id])
    return proposal_row(rows[0]) if rows else None


async def list_proposals(platform: str, first: int) -> tuple[ProposalRow, ...]:
    """The proposals of a platform: those that wait, then the others, the latest first."""
    check_first(first)
    waiting = [ProposalState.AWAITING_SIGNATURE.value, ProposalState.SCHEDULED.value]
    rows = await fetch(
        f"{_COLUMNS}WHERE p.platform_id = %s ORDER BY p.state <> ALL(%s), p.at DESC, p.id LIMIT %s",
        [platform, waiting, first],
    )
    return tuple(proposal_row(row) for row in rows)


def proposal_row(row: Mapping[str, Any]) -> ProposalRow:
    """A record of the table as the row that is worked with."""
    edits = row["edits"]
    proposal = Proposal(
        row["platform_id"],
        tuple(_line(line) for line in edits["add"]),
        tuple(edits["close"]),
        row["base_version"],
        row["comment"],
        row["effective_on"],
        bool(edits.get("unsigning")),
        edits.get("change"),
    )
    return ProposalRow(
        row["id"],
        proposal,
        ProposalState(row["state"]),
        row["author_id"],
        row["author"],
        row["at"],
        row["signer"],
        row["signed_at"],
        row["reason"],
        row["applied_version"],
    )


def _line(kept: Mapping[str, Any]) -> Line:
    whose = kept.get("convention")
    return Line(kept["ptype"], tuple(kept["values"]), UUID(whose) if whose else None)


def not_found() -> NotFound:
    """The same words whether the proposal does not exist or is not the viewer's to see."""
    return NotFound(
        "POLICY_PROPOSAL_UNKNOWN",
        "Cette proposition n’existe pas, ou ne vous est pas ouverte : revenez à la liste.",
        path=("id",),
    )
