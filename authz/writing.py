"""Editing the policy: versioned lines, one accepted change at a time, nothing half written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from authz.faults import PolicyFault
from authz.lines import Line
from authz.policy import Policy
from authz.store import read_facts, read_version
from authz.touched import Touched
from models import Conflict, Invalid, PolicyRow, PolicyVersion, execute, transaction

BATCH = 1000
CHANNEL = "harmonia_policy"


async def bump(author_id: UUID | None, comment: str, touched: Touched | None = None) -> int:
    """Open a new version inside the caller's transaction, and return its number.

    Whoever changes a user, an organism, a consent or a line calls it in the same transaction. Writers
    wait for one another here, so numbers have no gap and no two changes share one; readers never wait.
    `touched` names what was changed besides the lines; None, every process reads everything again.
    """
    await execute("LOCK TABLE policy_version IN SHARE ROW EXCLUSIVE MODE")
    version = await read_version()
    stored = None if touched is None else touched.stored()
    await PolicyVersion.create(version=version + 1, author_id=author_id, comment=comment, touched=stored)
    # Told to the listeners if and when the transaction is committed, never otherwise.
    await execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(version + 1)])
    return version + 1


async def add_rows(
    lines: Sequence[Line],
    *,
    base: int,
    author_id: UUID | None,
    comment: str,
    touched: Touched | None = None,
) -> int:
    """Add lines to the policy as it stood in version `base`; the new version's number.

    Raises Conflict (POLICY_STALE) if the policy has moved since `base`, and Invalid with the fault's
    code and the line's number if the whole resulting policy would not be understood.
    """
    return await edit_rows(lines, (), base=base, author_id=author_id, comment=comment, touched=touched)


async def close_rows(
    ids: Collection[int],
    *,
    base: int,
    author_id: UUID | None,
    comment: str,
    touched: Touched | None = None,
) -> int:
    """Close living lines by id; they stay readable in the versions they lived in. Raises as `add_rows`.

    Conflict (POLICY_LINE_CLOSED) when one of them no longer lives.
    """
    return await edit_rows((), ids, base=base, author_id=author_id, comment=comment, touched=touched)


async def edit_rows(  # noqa: PLR0913 - what is edited, from what, by whom and why, all of it named
    lines: Sequence[Line],
    closing: Collection[int],
    *,
    base: int,
    author_id: UUID | None,
    comment: str,
    touched: Touched | None = None,
) -> int:
    """Close and add in one version: a line is changed by closing it and adding what replaces it.

    `touched`: `Touched()` where nothing but the lines changes, as in `bump`. Raises as `add_rows`.
    """
    async with transaction():
        version = await bump(author_id, comment, touched)
        if version != base + 1:
            raise Conflict(
                "POLICY_STALE",
                "Les droits ont été modifiés entre-temps. Rechargez-les, puis recommencez la modification.",
                details={"base": base, "version": version - 1},
            )
        await _close(frozenset(closing), version)
        await _prove(lines)
        await PolicyRow.bulk_create([_row(line, version) for line in lines], batch_size=BATCH)
    return version


def _row(line: Line, version: int) -> PolicyRow:
    values = list(line.values)
    return PolicyRow(ptype=line.ptype, values=values, convention_id=line.convention_id, since_version=version)


async def _close(ids: frozenset[int], version: int) -> None:
    living = PolicyRow.filter(id__in=ids, until_version=None)
    closed = await living.update(until_version=version) if ids else 0
    if closed != len(ids):
        raise Conflict(
            "POLICY_LINE_CLOSED",
            "Une des lignes à fermer l’est déjà ou n’existe pas. Rechargez les droits, puis recommencez.",
        )


async def _prove(lines: Sequence[Line]) -> None:
    """The whole resulting policy must load and compile before a line is written."""
    found = await read_facts()
    try:
        # The new ones first: a fault then names the line by its place in what was sent.
        Policy(replace(found, lines=(*lines, *found.lines)))
    except PolicyFault as fault:
        raise Invalid(fault.code, fault.message, path=fault.path) from fault
