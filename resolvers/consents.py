"""The organism's own yes or no to a partner, per form and year (manual §6.3); it may change its mind."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from authz import Allowed, Right, Target, Viewer, bump, decide
from authz.boxes import hold_policy
from authz.on_form import refusal
from authz.rights import ALL_STEPS
from authz.touched import Touched, consent_name
from authz.who import outside
from models import Conflict, Invalid, NotFound, OrganizationKind, execute, fetch, transaction
from resolvers import journal
from resolvers.consent_notices import tell_contacts
from resolvers.consent_offers import offers
from resolvers.consent_rows import ConsentAnswer, ConsentChangeRow, ConsentRow, Offer, answer_of
from resolvers.convention_choices import PartyRow
from resolvers.events import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from resolvers.consent_rows import ConsentKey, ConsentWrite

MOST = 500
_ANSWERS = """
SELECT s.platform_id, g.key AS partner, s.form, s.year, s.given, s.at,
       u.first_name || ' ' || u.last_name AS author
FROM {table} s JOIN organization g ON g.id = s.partner_id JOIN organism o ON o.id = s.organism_id
LEFT JOIN user_account u ON u.id = s.author_id WHERE o.organization_id = %s ORDER BY s.id DESC
"""
_UPSERT = """
INSERT INTO consent (organism_id, partner_id, platform_id, form, year, given, at, author_id)
VALUES (%s, %s, %s, %s, %s, %s, now(), %s)
ON CONFLICT (organism_id, partner_id, platform_id, form, year)
DO UPDATE SET given = excluded.given, at = excluded.at, author_id = excluded.author_id
"""


async def consents(viewer: Viewer, year: int | None = None, form: str | None = None) -> list[ConsentRow]:
    """What the viewer's organism has been asked and has answered, the latest year first.

    Empty for whoever is of no organism.
    """
    if viewer.kind is not OrganizationKind.ORGANISM or viewer.scopes is not None:
        return []
    asked, answers = await offers(viewer), await _answers(viewer)
    keys = sorted({*asked, *answers}, key=lambda key: (-key[3], key[2], key[1], key[0]))
    wanted = [key for key in keys if year in {None, key[3]} and form in {None, key[2]}]
    return await _rows(viewer, wanted, asked, answers)


async def give(viewer: Viewer, writes: Sequence[ConsentWrite]) -> list[ConsentRow]:
    """Give or refuse access: all of the answers, or none. The partners' contacts are told.

    Raises Refused; NotFound CONSENT_UNKNOWN for what nobody asks; Conflict CONSENT_CONFLICT where an answer
    changed since it was seen; Invalid CONSENTS_COUNT, CONSENT_TWICE.
    """
    _check(viewer, writes)
    async with transaction():
        # Asked again once nobody changes the rules: who lost the right while he waited answers nothing.
        await hold_policy(viewer.authority)
        _require_giving(viewer, writes)
        organism = await _held_organism(viewer)
        asked, answers = await offers(viewer), await _answers(viewer)
        _require_asked(writes, {*asked, *answers})
        _require_unchanged(writes, answers)
        changed = [write for write in writes if write.was is not answer_of(write.given)]
        partners = {row.key: row for row in await _partners(write.partner for write in changed)}
        for write in changed:
            await _write(viewer, organism, partners[write.partner].id, write)
        if changed:
            await _bump(viewer, changed)
            given = [[*write.key, write.given] for write in changed]
            await journal.record(viewer, Kind.CONSENT_ANSWERED, "", {"answers": given})
            await tell_contacts(viewer.authority.policy, changed)
        return await _rows(viewer, [write.key for write in writes], asked, await _answers(viewer))


def _check(viewer: Viewer, writes: Sequence[ConsentWrite]) -> None:
    if not 1 <= len(writes) <= MOST:
        raise Invalid("CONSENTS_COUNT", f"Envoyez de 1 à {MOST} réponses à la fois.", path=("consents",))
    twice = [key for key, count in Counter(write.key for write in writes).items() if count > 1]
    if twice:
        raise Invalid(
            "CONSENT_TWICE",
            "Une même réponse est envoyée deux fois : gardez-en une.",
            path=("consents",),
        )
    _require_giving(viewer, writes)


def _require_giving(viewer: Viewer, writes: Sequence[ConsentWrite]) -> None:
    for write in writes:
        require_giving(viewer, write.platform, write.form, write.year)


def require_giving(viewer: Viewer, platform: str, form: str, year: int) -> None:
    """Raise Refused unless the viewer may answer for his organism; the right is not of one step."""
    for step in ALL_STEPS:
        target = Target(platform, form, year, viewer.organization, int(step))
        decision = decide(viewer, Right.CONSENT_GIVE, target)
        if not isinstance(decision, Allowed):
            raise refusal(decision, Right.CONSENT_GIVE)


async def _held_organism(viewer: Viewer) -> UUID:
    """The viewer's organism, whose answers are given one call at a time."""
    records = await fetch(
        "SELECT id FROM organism WHERE organization_id = %s FOR UPDATE", [viewer.organization_id]
    )
    found: UUID = records[0]["id"]
    return found


def _require_asked(writes: Sequence[ConsentWrite], known: set[ConsentKey]) -> None:
    for place, write in enumerate(writes):
        if write.key not in known:
            raise NotFound(
                "CONSENT_UNKNOWN",
                f"Aucune convention publiée ne demande votre accord à ce partenaire pour {write.form[:16]} "
                f"{write.year} : rechargez la liste.",
                path=("consents", str(place)),
            )


def _require_unchanged(writes: Sequence[ConsentWrite], answers: dict[ConsentKey, dict[str, Any]]) -> None:
    late = [
        {"place": place, "yours": write.was.name, "theirs": now.name}
        for place, write in enumerate(writes)
        if (now := _answer(answers, write.key)) is not write.was
    ]
    if late:
        raise Conflict(
            "CONSENT_CONFLICT",
            "Une de ces réponses a changé entre-temps : rechargez la liste, rien n’a été enregistré.",
            path=("consents", str(late[0]["place"])),
            details={"conflicts": late},
        )


async def _write(viewer: Viewer, organism: UUID, partner: UUID, write: ConsentWrite) -> None:
    values = [organism, partner, write.platform, write.form, write.year, write.given, viewer.user_id]
    await execute(_UPSERT, values)
    await execute(
        "INSERT INTO consent_change (organism_id, partner_id, platform_id, form, year, given, author_id, at) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, now())",
        values,
    )


async def _bump(viewer: Viewer, changed: Sequence[ConsentWrite]) -> None:
    names = tuple(consent_name(viewer.organization, one.partner, *one.key[::2], one.year) for one in changed)
    words = "Accès donné" if all(one.given for one in changed) else "Accès donné ou refusé"
    await bump(viewer.user_id, f"{words} : {viewer.organization_name}"[:300], Touched(consents=names))


async def _answers(viewer: Viewer) -> dict[ConsentKey, dict[str, Any]]:
    records = await fetch(_ANSWERS.format(table="consent"), [viewer.organization_id])
    return {_key(record): record for record in records}


async def _changes(viewer: Viewer) -> dict[ConsentKey, list[ConsentChangeRow]]:
    found: dict[ConsentKey, list[ConsentChangeRow]] = defaultdict(list)
    for record in await fetch(_ANSWERS.format(table="consent_change"), [viewer.organization_id]):
        found[_key(record)].append(ConsentChangeRow(record["given"], record["at"], record["author"]))
    return found


def _key(record: dict[str, Any]) -> ConsentKey:
    return record["platform_id"], record["partner"], record["form"], record["year"]


def _answer(answers: dict[ConsentKey, dict[str, Any]], key: ConsentKey) -> ConsentAnswer:
    return answer_of(answers[key]["given"] if key in answers else None)


async def _partners(keys: Any) -> list[PartyRow]:  # noqa: ANN401 - any iterable of keys
    records = await fetch("SELECT id, key, name FROM organization WHERE key = ANY(%s)", [sorted(set(keys))])
    return [PartyRow(record["id"], record["key"], record["name"]) for record in records]


async def _rows(
    viewer: Viewer,
    keys: Sequence[ConsentKey],
    asked: dict[ConsentKey, Offer],
    answers: dict[ConsentKey, dict[str, Any]],
) -> list[ConsentRow]:
    partners = {row.key: row for row in await _partners(key[1] for key in keys)}
    changes, readers = await _changes(viewer), await _readers(viewer)
    platforms = viewer.authority.policy.platforms
    return [
        ConsentRow(
            key=key,
            platform=key[0],
            platform_name=platforms[key[0]],
            partner=partners[key[1]],
            offer=asked.get(key, Offer()),
            history=tuple(changes[key]),
            answer=_answer(answers, key),
            at=answers[key]["at"] if key in answers else None,
            author=answers[key]["author"] if key in answers else None,
            readers=readers[key],
        )
        for key in keys
    ]


async def _readers(viewer: Viewer) -> Counter[ConsentKey]:
    """How many persons of each partner may read each of the organism's dossiers today."""
    policy = viewer.authority.policy
    counts: Counter[ConsentKey] = Counter()
    for record in await fetch(
        "SELECT d.platform, d.form, d.year, d.step FROM dossier d JOIN organism o ON o.id = d.organism_id "
        "WHERE o.organization_id = %s",
        [viewer.organization_id],
    ):
        place = record["platform"], record["form"], record["year"]
        target = Target(*place, viewer.organization, record["step"])
        for holder in outside(policy, Right.READ, target):
            if policy.accounts[holder.subject].user_id is not None:
                counts[place[0], holder.organization, place[1], place[2]] += 1
    return counts
