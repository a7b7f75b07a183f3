"""Which dossiers a mass export is of, and whether what is asked of them makes sense."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from authz import Right, decide, require
from models import Invalid, MassExportKind, NotFound, WorkList
from resolvers import dossiers
from resolvers.campaigning import MOST_CHOSEN
from resolvers.criteria import Criteria, Sort, require_criteria
from resolvers.finding_relation import found_ids

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from authz import Viewer
    from resolvers.rows import DossierRow


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: of which dossiers, without which, what, and of which tabs (all when None).

    One of `dossiers`, in order, `work_list` in its own sort, and `criteria`, by code.
    """

    kind: MassExportKind
    dossiers: tuple[UUID, ...] | None = None
    work_list: UUID | None = None
    criteria: Criteria | None = None
    without: tuple[UUID, ...] = ()
    tabs: tuple[str, ...] | None = None
    accessible: bool = False

    def arguments(self) -> dict[str, Any]:
        """The same, as the idempotency key compares it."""
        return asdict(self)


async def chosen(viewer: Viewer, wanted: Wanted) -> list[DossierRow]:
    """The dossiers, in order, each once.

    Raises Invalid MASS_SOURCE, DOSSIERS_COUNT, MASS_TABS_MIXED, MASS_TABS_WHOLE, MASS_ONE_PDF_TAGGED,
    TABS_EMPTY; NotFound, the same for a stranger's dossier and for none; NotFound TAB_UNKNOWN; Refused to
    whoever may export none of them.
    """
    rows = await _rows(viewer, await _ids(viewer, wanted))
    if not any(decide(viewer, Right.EXPORT, row.target).allowed for row in rows):
        require(viewer, Right.EXPORT, rows[0].target)
    _check_tabs(wanted, rows)
    if wanted.accessible and wanted.kind is MassExportKind.ONE_PDF:
        raise Invalid(
            "MASS_ONE_PDF_TAGGED",
            "Un seul PDF de plusieurs dossiers ne peut pas être balisé\u00a0: demandez un PDF par dossier, ou"
            " la version légère.",
            path=("accessible",),
        )
    return rows


async def _ids(viewer: Viewer, wanted: Wanted) -> list[UUID]:
    if sum(one is not None for one in (wanted.dossiers, wanted.work_list, wanted.criteria)) != 1:
        raise Invalid(
            "MASS_SOURCE",
            "Dites quels dossiers exporter d’une seule façon\u00a0: vos dossiers choisis, une liste de"
            " travail ou une recherche.",
            path=("dossiers",),
        )
    found = await _found(viewer, wanted)
    if not 1 <= len(found) <= MOST_CHOSEN:
        raise Invalid(
            "DOSSIERS_COUNT", f"Choisissez de 1 à {MOST_CHOSEN} dossiers à la fois.", path=("dossiers",)
        )
    return found


async def _found(viewer: Viewer, wanted: Wanted) -> list[UUID]:
    """Those asked for, in order; one more than may be is enough to tell that there are too many."""
    if wanted.dossiers is not None:
        left = frozenset(wanted.without)
        return [one for one in dict.fromkeys(wanted.dossiers) if one not in left]
    if wanted.criteria is not None:
        require_criteria(wanted.criteria)
    # Whose list it may be is asked by the search: another's finds nothing.
    kept = None if wanted.work_list is None else await WorkList.get_or_none(id=wanted.work_list)
    return await found_ids(
        viewer,
        wanted.criteria or Criteria(work_list=wanted.work_list),
        sort=Sort.CODE if kept is None else Sort(kept.sort),
        descending=kept is not None and kept.descending,
        without=wanted.without,
        most=MOST_CHOSEN + 1,
    )


async def _rows(viewer: Viewer, wanted: Sequence[UUID]) -> list[DossierRow]:
    found = await dossiers.read_many(viewer, list(wanted))
    if len(found) < len(wanted):
        raise NotFound(
            "NOT_FOUND",
            "Un des dossiers choisis n’existe pas ou ne vous est plus ouvert\u00a0: rechargez la liste.",
            path=("dossiers",),
        )
    return [found[one] for one in wanted]


def _check_tabs(wanted: Wanted, rows: Sequence[DossierRow]) -> None:
    """Whether each tab is one of the form's; whether it is open is asked for each dossier, by the job."""
    if wanted.tabs is None:
        return
    if not wanted.tabs:
        raise Invalid("TABS_EMPTY", "Choisissez au moins un onglet, ou le dossier entier.", path=("tabs",))
    if wanted.kind is MassExportKind.COPY:
        raise Invalid(
            "MASS_TABS_WHOLE",
            "Une copie scellée s’emporte entière\u00a0: ne choisissez pas d’onglet.",
            path=("tabs",),
        )
    if len({row.pack for row in rows}) > 1:
        raise Invalid(
            "MASS_TABS_MIXED",
            "Les onglets ne se choisissent que pour des dossiers d’un même formulaire et d’une même"
            " année\u00a0: exportez-les entiers, ou par formulaire.",
            path=("tabs",),
        )
    definition = rows[0].definition
    for code in wanted.tabs:
        if definition.tab(code) is None:
            raise NotFound(
                "TAB_UNKNOWN",
                f"L’onglet {code[:90]} n’existe pas dans ces dossiers\u00a0: choisissez un onglet de la"
                " liste.",
                path=("tab", code),
            )
