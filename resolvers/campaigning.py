"""What conducting a campaign stands on: whose form it is, and the dossiers that one chose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from authz import Allowed, Right, decide_on_form, require_on_form, scope
from models import Invalid, NotFound, fetch
from resolvers import dossiers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from authz import Viewer
    from resolvers.rows import DossierRow

MOST_CHOSEN = 2_000


def require_managing(viewer: Viewer, dossier: DossierRow) -> None:
    """Nothing, or Refused, with the layer and the sentence: the right is on the form as a whole."""
    require_on_form(viewer, Right.CAMPAIGN_MANAGE, dossier.platform, dossier.form)


async def managed_forms(viewer: Viewer) -> list[tuple[str, str]]:
    """The platforms and forms that have a campaign which the viewer conducts."""
    found = await fetch("SELECT DISTINCT platform_id, form FROM campaign ORDER BY platform_id, form")
    return [
        (record["platform_id"], record["form"])
        for record in found
        if isinstance(
            decide_on_form(viewer, Right.CAMPAIGN_MANAGE, record["platform_id"], record["form"]), Allowed
        )
    ]


async def chosen(viewer: Viewer, dossier_ids: Sequence[UUID]) -> list[DossierRow]:
    """The dossiers of one platform's form that the viewer chose, in the order of the choice, each once.

    Raises Invalid DOSSIERS_COUNT, DOSSIERS_MIXED; NotFound, the same for a stranger's dossier and for none.
    """
    wanted = list(dict.fromkeys(dossier_ids))
    if not 1 <= len(wanted) <= MOST_CHOSEN:
        raise Invalid(
            "DOSSIERS_COUNT", f"Choisissez de 1 à {MOST_CHOSEN} dossiers à la fois.", path=("dossiers",)
        )
    found = await dossiers.read_many(viewer, wanted)
    if len(found) < len(wanted):
        raise NotFound(
            "NOT_FOUND",
            "Un des dossiers choisis n’existe pas ou ne vous est plus ouvert : rechargez la liste.",
            path=("dossiers",),
        )
    rows = [found[one] for one in wanted]
    if len({(row.platform, row.form) for row in rows}) > 1:
        raise Invalid(
            "DOSSIERS_MIXED",
            "Les dossiers choisis sont de plusieurs formulaires : choisissez-en d’un seul à la fois.",
            path=("dossiers",),
        )
    return rows


async def still_readable(viewer: Viewer, dossier_ids: Sequence[UUID]) -> dict[UUID, DossierRow]:
    """Those that the viewer may read today, by identifier."""
    return await dossiers.read_many(viewer, list(dossier_ids)) if dossier_ids else {}


async def with_dossiers(
    viewer: Viewer, records: Sequence[dict[str, Any]]
) -> list[tuple[dict[str, Any], DossierRow]]:
    """The records whose dossier, by its `id`, the viewer may read today, each with it."""
    found = await still_readable(viewer, [record["id"] for record in records])
    return [(record, found[record["id"]]) for record in records if record["id"] in found]


def seen(viewer: Viewer, *rights: Right) -> tuple[str, list[Any]]:
    """The condition over the alias `d` that holds where the viewer has all of the rights, and its values."""
    scopes = [scope(viewer, right) for right in rights]
    return " AND ".join(f"({one.sql})" for one in scopes), [value for one in scopes for value in one.values]


async def count_of(query: str, values: Sequence[Any]) -> int:
    """How many rows a query of our own gives."""
    counted = await fetch(f"SELECT count(*) AS n FROM ({query}) counted", values)  # noqa: S608 - values apart
    found: int = counted[0]["n"]
    return found
