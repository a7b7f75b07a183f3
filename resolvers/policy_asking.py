"""What one may ask of the rules: why, for oneself or another; who may see a dossier; what a body may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Allowed, Right, Target, Viewer, decide, decide_on_platform, require_on_platform
from authz.clock import today
from authz.explain import explain
from authz.explanation import Explanation
from authz.lines import ANY_FORM
from authz.names import client_subject, user_subject
from authz.rights import RIGHTS, STEP_BIT
from authz.who import articles, what_can, who_can
from models import Invalid, NotFound, OrganizationKind, fetch
from resolvers import dossiers, organizations
from resolvers.consent_readers import ReaderRow, named_holders
from resolvers.convention_choices import PartyRow
from resolvers.people_rights import administers

if TYPE_CHECKING:
    from authz.rules import Rule

MOST_NAMED = 50

_TARGET = """
SELECT d.platform, d.form, d.year, g.key AS organism, d.step
FROM dossier d JOIN organism o ON o.id = d.organism_id JOIN organization g ON g.id = o.organization_id
WHERE d.id = %s
"""
_ACCOUNTS = """
SELECT u.login AS name, g.key AS organization, NULL AS scopes
FROM user_account u JOIN organization g ON g.id = u.organization_id WHERE u.id = %s
"""
_CLIENTS = """
SELECT c.id AS name, g.key AS organization, c.scopes
FROM machine_client c JOIN organization g ON g.id = c.organization_id WHERE c.id = %s
"""
_COUNTED = "SELECT d.platform, d.form, d.year, d.step, count(*) AS n FROM dossier d"
_BY_CAMPAIGN = """
GROUP BY d.platform, d.form, d.year, d.step ORDER BY d.form, d.year DESC, d.step, d.platform
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """About whom (`user` and `client` None: oneself), as if the dossier were at `step`, on `day`."""

    right: str
    user: UUID | None = None
    client: str | None = None
    step: int | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class ExplanationRow:
    """An explanation, its dossier, the conventions of the lines named, who may consent and to whom."""

    explanation: Explanation
    target: Target
    conventions: dict[int, UUID]
    givers: tuple[str, ...]
    partner: PartyRow | None


@dataclass(frozen=True, slots=True)
class Seer:
    """An organization that may see a dossier; `accounts`: the first of those who may, `more`: the others."""

    organization: PartyRow
    kind: OrganizationKind
    refs: tuple[str, ...]
    accounts: tuple[ReaderRow, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Seen:
    """How many dossiers of a campaign at one step an organization may see, and by which articles."""

    form: str
    year: int
    step: int
    dossiers: int
    refs: tuple[str, ...]


async def explain_access(viewer: Viewer, dossier_id: UUID, asked: Asked) -> ExplanationRow:
    """Why an account may or may not do something on a dossier.

    Raises NotFound for a dossier that the viewer may not know of, and for an account that he does not
    manage; Invalid RIGHT_UNKNOWN, STEP_UNKNOWN.
    """
    target = await _known_target(viewer, dossier_id)
    right = right_named(asked.right)
    if asked.step is not None:
        if asked.step not in STEP_BIT:
            raise Invalid("STEP_UNKNOWN", "Les étapes vont de 0 à 6 : choisissez-en une.", path=("step",))
        target = Target(target.platform, target.form, target.year, target.organism, asked.step)
    subject, scopes = await _subject(viewer, asked, target.platform)
    found = explain(viewer.authority.policy, subject, right, target, asked.day, scopes=scopes)
    missing = [] if found.consent is None else [found.consent.partner]
    return ExplanationRow(
        found,
        target,
        await _conventions_of(found),
        await _givers(viewer, found, target.platform),
        next(iter((await _parties(missing)).values()), None),
    )


async def who_can_see(viewer: Viewer, dossier_id: UUID, right: str) -> list[Seer]:
    """The organizations that may, for the dossier's organism and for the editors of its platform's rules.

    Raises NotFound for a dossier that the viewer may not know of, Refused to its other readers.
    """
    target, wanted = await _known_target(viewer, dossier_id), right_named(right)
    if viewer.organization != target.organism or viewer.scopes is not None:
        require_on_platform(viewer, Right.POLICY_EDIT, target.platform)
    policy = viewer.authority.policy
    bodies = who_can(policy, wanted, target)
    rows = await named_holders(holder for body in bodies for holder in body.accounts[:MOST_NAMED])
    parties = await _parties([body.organization for body in bodies])
    return [
        Seer(
            parties[body.organization],
            policy.organizations[body.organization].kind,
            body.refs,
            tuple(row for row in rows if row.organization.key == body.organization),
            max(0, len(body.accounts) - MOST_NAMED),
        )
        for body in bodies
    ]


async def what_can_see(viewer: Viewer, organization_id: UUID, right: str) -> list[Seen]:
    """How many dossiers an organization may see, for its administrators; an editor counts his platform's.

    Raises NotFound for an organization that the viewer may not ask about, existing or not.
    """
    wanted, policy = right_named(right), viewer.authority.policy
    known = await fetch("SELECT key FROM organization WHERE id = %s", [organization_id])
    own = organization_id == viewer.organization_id and viewer.scopes is None and administers(viewer)
    platforms = [one for one in sorted(policy.platforms) if own or _edits(viewer, one)]
    if known and not own:
        platforms = [one for one in platforms if known[0]["key"] in await organizations.named_on(one)]
    if not known or not platforms:
        raise organizations.not_found()
    key, where = known[0]["key"], what_can(policy, known[0]["key"], wanted)
    counted = await fetch(
        f"{_COUNTED} WHERE ({where.sql}) AND d.platform = ANY(%s) {_BY_CAMPAIGN}",
        [*where.values, platforms],
    )
    given = {one: articles(policy, key, one, wanted, today().date) for one in platforms}
    return [
        Seen(row["form"], row["year"], row["step"], int(row["n"]), _refs(given[row["platform"]], row))
        for row in counted
    ]


def right_named(text: str) -> Right:
    """The right of that name. Raises Invalid RIGHT_UNKNOWN."""
    if text not in RIGHTS:
        raise Invalid(
            "RIGHT_UNKNOWN",
            f"La fonction {text[:40]} n’existe pas : choisissez-en une de la liste.",
            path=("right",),
        )
    return Right(text)


def _edits(viewer: Viewer, platform: str) -> bool:
    return decide_on_platform(viewer, Right.POLICY_EDIT, platform).allowed


async def _known_target(viewer: Viewer, dossier_id: UUID) -> Target:
    """What a dossier is, for its readers, its organism and the editors of its platform's rules."""
    records = await fetch(_TARGET, [dossier_id])
    if not records:
        raise dossiers.not_found()
    target = Target(**records[0])
    own = viewer.organization == target.organism and viewer.scopes is None
    if own or isinstance(decide(viewer, Right.READ, target), Allowed) or _edits(viewer, target.platform):
        return target
    raise dossiers.not_found()


async def _subject(viewer: Viewer, asked: Asked, platform: str) -> tuple[str, frozenset[str] | None]:
    """Whom the question is about, as the rules name him, and what bounds his token."""
    if asked.user is None and asked.client is None:
        return viewer.subject, viewer.scopes
    if asked.user is not None and asked.client is not None:
        raise Invalid(
            "SUBJECT_AMBIGUOUS", "Choisissez un compte ou un système, l’un des deux.", path=("user",)
        )
    records = await fetch(*((_ACCOUNTS, [asked.user]) if asked.user else (_CLIENTS, [asked.client])))
    if not records:
        raise account_not_found()
    found = records[0]
    subject = user_subject(found["name"]) if asked.user else client_subject(found["name"])
    manages = viewer.scopes is None and found["organization"] == viewer.organization and administers(viewer)
    # The editor asks about those whom his platform knows: another operator's people are not his to name.
    edits = _edits(viewer, platform) and found["organization"] in await organizations.named_on(platform)
    if subject != viewer.subject and not manages and not edits:
        raise account_not_found()
    return subject, None if found["scopes"] is None else frozenset(found["scopes"])


def account_not_found() -> NotFound:
    """The same words whether there is no such account or it is not one's to manage."""
    return NotFound(
        "NOT_FOUND",
        "Ce compte n’existe pas ou ne vous est pas ouvert : choisissez-en un de la liste.",
        path=("user",),
    )


async def _conventions_of(found: Explanation) -> dict[int, UUID]:
    cited = [one for verdict in found.layers for one in verdict.decided_by]
    cited += [near.rule for near in found.near_misses]
    ids = [one.line.id for one in cited if one.line.id is not None]
    records = await fetch(
        "SELECT id, convention_id FROM policy_row WHERE id = ANY(%s) AND convention_id IS NOT NULL", [ids]
    )
    return {record["id"]: record["convention_id"] for record in records}


async def _givers(viewer: Viewer, found: Explanation, platform: str) -> tuple[str, ...]:
    """Who may give the missing consent: by name for their own organism and the platform, else by office."""
    missing = found.consent
    if missing is None:
        return ()
    if viewer.organization != missing.organism and not _edits(viewer, platform):
        name = viewer.authority.policy.organizations[missing.organism].name
        return (f"Un utilisateur de {name} chargé de l’accès des partenaires",)
    records = await fetch(
        "SELECT first_name || ' ' || last_name AS name FROM user_account "
        "WHERE 'user:' || login = ANY(%s) ORDER BY last_name, first_name",
        [list(missing.givers)],
    )
    return tuple(record["name"] for record in records)


async def _parties(keys: Sequence[str]) -> dict[str, PartyRow]:
    records = await fetch("SELECT id, key, name FROM organization WHERE key = ANY(%s)", [list(keys)])
    return {record["key"]: PartyRow(record["id"], record["key"], record["name"]) for record in records}


def _refs(given: dict[str, list[Rule]], row: dict[str, Any]) -> tuple[str, ...]:
    rules = (*given.get(row["form"], ()), *given.get(ANY_FORM, ()))
    return tuple(dict.fromkeys(rule.ref for rule in rules if rule.steps & STEP_BIT[row["step"]]))
