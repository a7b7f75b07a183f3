"""The card of an organization (manual §11.2.1): read by its people and its platforms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Touched, Viewer
from authz.boxes import hold_policy
from authz.editing import apply_edits
from models import Conflict, Invalid, NotFound, Organization, OrganizationKind, Refused, fetch, transaction
from resolvers import journal
from resolvers.events import Kind
from resolvers.folding import fold, like_patterns
from resolvers.legible import as_name, is_formula, is_legible
from resolvers.paging import check_first, decode, encode
from resolvers.people_entries import Text, check_letters, checked_email, checked_phone, checked_text
from resolvers.people_lists import folded
from resolvers.people_rights import Hand, hand_on, not_administrator, platform_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_COLUMNS = """
SELECT g.id, g.key, g.kind, g.name, g.short_name, g.address, g.phone, g.email, g.version, g.platform_id,
       o.siren
FROM organization g LEFT JOIN organism o ON o.organization_id = g.id
"""
# What a platform knows: its own operator, organisms by their code, partners by a convention.
KNOWN = """(g.platform_id = %s
    OR EXISTS (SELECT 1 FROM organism_code c WHERE c.organism_id = o.id AND c.platform_id = %s)
    OR (g.kind = 'partner' AND (
        EXISTS (SELECT 1 FROM convention v WHERE v.partner_id = g.id AND v.platform_id = %s)
        OR EXISTS (SELECT 1 FROM policy_row p WHERE p.until_version IS NULL AND p.ptype = 'p'
                   AND p."values" ->> 0 = g.key AND p."values" ->> 1 = %s))))"""
_TEXT = folded("g.name || ' ' || g.short_name || ' ' || g.key")
# What the editor of a platform's rules may name. Each partner, on purpose: he may write its first convention.
NAMED = f"({KNOWN} OR g.kind = 'partner')"
TEXTS = {
    "name": Text("Raison sociale", 200, required=True),
    "short_name": Text("Nom court", 60, required=True),
    "address": Text("Adresse", 300),
    "phone": Text("Tél.", 30),
    "email": Text("Adresse électronique", 200),
}


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """A card that the viewer may read; `editable`: and change."""

    id: UUID
    key: str
    kind: OrganizationKind
    name: str
    short_name: str
    address: str
    phone: str
    email: str
    version: int
    siren: str | None
    platform: str | None
    editable: bool = False


@dataclass(frozen=True, slots=True)
class OrganizationPage:
    """One page of organizations, by name."""

    rows: tuple[OrganizationRow, ...]
    cursors: tuple[str, ...]
    has_next: bool
    total: int


async def read(viewer: Viewer, organization_id: UUID | None = None) -> OrganizationRow:
    """One's own card, or one that one's platform knows. NotFound for any other, existing or not."""
    wanted = organization_id or viewer.organization_id
    where = "g.id = %s"
    values: list[Any] = [wanted]
    if wanted != viewer.organization_id:
        platform = platform_of(viewer)
        if platform is None or viewer.user_id is None:
            raise not_found()
        where, values = f"{where} AND {KNOWN}", [*values, *[platform] * 4]
    records = await fetch(f"{_COLUMNS} WHERE {where}", values)
    if not records:
        raise not_found()
    row = _row(records[0])
    return replace(row, editable=await hand_on(viewer, row.id) is not Hand.NONE)


async def search(  # noqa: PLR0913 - the criteria and the page, each named by the caller
    viewer: Viewer,
    platform: str,
    first: int,
    after: str | None = None,
    *,
    kind: OrganizationKind | None = None,
    text: str | None = None,
) -> OrganizationPage:
    """A page of what the operator's platform knows. Raises Refused PLATFORM_ONLY."""
    check_first(first)
    if platform_of(viewer) != platform or viewer.user_id is None:
        raise Refused(
            "PLATFORM_ONLY",
            "Seuls les agents de cette plateforme consultent les organisations qu’elle connaît.",
            path=("platform",),
        )
    patterns = like_patterns(text or "")
    where = " AND ".join([KNOWN, *(f"{_TEXT} LIKE %s" for _ in patterns)])
    values: list[Any] = [*[platform] * 4, *patterns]
    if kind is not None:
        where, values = f"{where} AND g.kind = %s", [*values, kind.value]
    source = "FROM organization g LEFT JOIN organism o ON o.organization_id = g.id"
    counted = await fetch(f"SELECT count(*) AS n {source} WHERE {where}", values)
    if after is not None:
        name, row_id = decode(after)
        where, values = f'{where} AND (lower(g.name) COLLATE "C", g.id) > (%s, %s)', [*values, name, row_id]
    records = await fetch(
        f"{_COLUMNS.replace('SELECT', 'SELECT lower(g.name) AS sort,', 1)} WHERE {where} "
        'ORDER BY lower(g.name) COLLATE "C", g.id LIMIT %s',
        [*values, first + 1],
    )
    shown = records[:first]
    return OrganizationPage(
        # Whoever manages his own operator's users manages what the platform knows, by the same box.
        tuple([replace(_row(one), editable=await _edits(viewer)) for one in shown]),
        tuple(encode(one["sort"], one["id"]) for one in shown),
        len(records) > first,
        int(counted[0]["n"]),
    )


async def named_on(platform: str) -> frozenset[str]:
    """The keys of the organizations that the editor of a platform's rules may name."""
    source = "FROM organization g LEFT JOIN organism o ON o.organization_id = g.id"
    records = await fetch(f"SELECT g.key {source} WHERE {NAMED}", [platform] * 4)
    return frozenset(record["key"] for record in records)


async def _edits(viewer: Viewer) -> bool:
    return await hand_on(viewer, viewer.organization_id) is not Hand.NONE


async def update(
    viewer: Viewer, organization_id: UUID, texts: Mapping[str, str], version: int
) -> OrganizationRow:
    """Change a card; `texts` by column. A new name is a new version of the policy, whose sentences say it.

    Raises NotFound; Refused REFUSED; Conflict ORGANIZATION_STALE, NAME_TAKEN; Invalid NAME_INVALID,
    NAME_LOOKALIKE and those of a typed text.
    """
    async with transaction():
        # First: who lost the right while he waited is refused.
        policy = await hold_policy(viewer.authority)
        row = await read(viewer, organization_id)
        if not row.editable:
            raise not_administrator()
        kept: dict[str, Any] = {
            name: checked_text(texts[name], text, (_argument(name),)) for name, text in TEXTS.items()
        }
        await _check_names(kept, row)
        checked_email(kept["email"], ("email",))
        checked_phone(kept["phone"], ("phone",))
        changed = await Organization.filter(id=row.id, version=version).update(version=version + 1, **kept)
        if not changed:
            raise Conflict(
                "ORGANIZATION_STALE",
                "Cette fiche a été modifiée entre-temps : rechargez-la, puis recommencez.",
                path=("version",),
                details={"version": row.version},
            )
        fields = [name for name in kept if kept[name] != getattr(row, name)]
        told = {"organization": row.id, "fields": fields}
        await journal.record(viewer, Kind.ORGANIZATION_CHANGED, platform_of(viewer) or "", told)
        if kept["name"] != row.name:
            comment, touched = f"Raison sociale de {kept['name']}"[:300], Touched(organizations=(row.key,))
            await apply_edits(viewer, (), (), base=policy.version, comment=comment, touched=touched)
        return replace(row, version=version + 1, **kept)


async def _check_names(kept: dict[str, Any], row: OrganizationRow) -> None:
    """That nobody is taken for another: reports, consents and prints know organizations by these names.

    The caller holds the policy, so that two do not take one name at once.
    """
    for name in ("name", "short_name"):
        kept[name] = as_name(kept[name])
    changed = [name for name in ("name", "short_name") if kept[name] != getattr(row, name)]
    for name in changed:
        if not is_legible(kept[name]) or is_formula(kept[name]):
            raise Invalid(
                "NAME_INVALID",
                "Ce nom contient un caractère invisible, ou commence par =, +, - ou @ : corrigez-le.",
                path=(_argument(name),),
            )
        check_letters(kept[name], TEXTS[name].label, (_argument(name),))
    others = (
        await fetch("SELECT name, short_name FROM organization WHERE id <> %s", [row.id]) if changed else []
    )
    borne = {fold(text) for other in others for text in other.values()}
    for name in changed:
        if fold(kept[name]) in borne:
            raise Conflict(
                "NAME_TAKEN",
                "Une autre organisation porte déjà ce nom : ajoutez au vôtre ce qui les distingue.",
                path=(_argument(name),),
            )


def _argument(name: str) -> str:
    return "shortName" if name == "short_name" else name


def _row(record: dict[str, Any]) -> OrganizationRow:
    return OrganizationRow(
        id=record["id"],
        key=record["key"],
        kind=OrganizationKind(record["kind"]),
        name=record["name"],
        short_name=record["short_name"],
        address=record["address"],
        phone=record["phone"],
        email=record["email"],
        version=record["version"],
        siren=record["siren"],
        platform=record["platform_id"],
    )


def not_found() -> NotFound:
    """The same words whether the organization does not exist or may not be known to."""
    return NotFound(
        "NOT_FOUND",
        "Cette organisation n’existe pas ou ne vous est pas ouverte : revenez à la liste.",
        path=("organization",),
    )
