"""Reading the values of a dossier's tabs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from forms import split_key, with_key
from models import NotFound, Refused
from resolvers.documents import Document
from resolvers.reading import read_documents, read_many
from resolvers.rows import DossierRow, Forced, RowContent, TabContent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from forms import Pack
    from resolvers.reading import Reading


async def open_tabs(dossier: DossierRow, codes: Sequence[str] | None = None) -> tuple[TabContent, ...]:
    """Several tabs in the order asked for, or all in the pack's order. Raises as `check_tabs`."""
    if codes is not None:
        check_tabs(dossier, codes)
    found = await read_documents(dossier, codes)
    wanted = tab_names(dossier, found.instances) if codes is None else codes
    return tuple(content_of(dossier, found, code) for code in wanted)


async def open_many(asked: Sequence[tuple[DossierRow, str]]) -> list[TabContent]:
    """One tab of each of several dossiers, read at once. Raises as `check_tabs`."""
    for dossier, code in asked:
        check_tabs(dossier, [code])
    found = await read_many([dossier for dossier, _ in asked], [code for _, code in asked])
    return [content_of(dossier, found[dossier.id], code) for dossier, code in asked]


def tab_names(dossier: DossierRow, instances: Mapping[str, Sequence[str]]) -> list[str]:
    """The tabs that the dossier's reader may open, in the pack's order, once for each instance."""
    return [name for name in all_tabs(dossier.definition, instances) if not dossier.withholds(name)]


def all_tabs(pack: Pack, instances: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Every tab of a dossier, in the pack's order; those of a group once for each instance."""
    for tab in pack.tabs.values():
        if tab.group is None:
            yield tab.code
        else:
            yield from (with_key(tab.code, key) for key in instances.get(tab.group, ()))


def check_tabs(dossier: DossierRow, codes: Iterable[str]) -> None:
    """Raises NotFound TAB_UNKNOWN for a tab that the pack does not have, Refused TAB_WITHHELD.

    Whether there is such an instance of a group is known once the dossier is read: `check_instance`.
    """
    for code in codes:
        if dossier.definition.tab(code) is None:
            raise NotFound(
                "TAB_UNKNOWN",
                f"L’onglet {code[:90]} n’existe pas dans ce dossier\u00a0: choisissez un onglet de la liste.",
                path=("tab", code),
            )
        check_open(dossier, code)


def check_open(dossier: DossierRow, code: str) -> None:
    """Raises Refused TAB_WITHHELD for a tab that is closed to the reader, or a group that has no other."""
    if not dossier.withholds(code):
        return
    if replace(dossier, open_tabs=None).withholds(code):
        why = (
            f"L’onglet {code} contient des données personnelles\u00a0: seuls l’organisme et la "
            "plateforme qui le collecte peuvent le lire."
        )
    else:
        why = (
            f"L’onglet {code} n’est pas de ceux que la convention vous ouvre\u00a0: adressez-vous à la "
            f"plateforme ({dossier.platform_name}), qui peut l’y ajouter."
        )
    raise Refused("TAB_WITHHELD", why, path=("tab", code))


def check_instance(dossier: DossierRow, instances: Mapping[str, Sequence[str]], code: str) -> None:
    """Raises NotFound INSTANCE_UNKNOWN for a tab of an instance that the dossier does not have."""
    if not has_instance(dossier.definition, instances, code):
        raise instance_unknown(code)


def instance_unknown(code: str) -> NotFound:
    """What is said of a tab of an instance that the dossier does not have."""
    return NotFound(
        "INSTANCE_UNKNOWN",
        f"L’exemplaire de l’onglet {code} n’existe pas dans ce dossier\u00a0: rechargez-le.",
        path=("tab", code),
    )


def has_instance(pack: Pack, instances: Mapping[str, Sequence[str]], name: str) -> bool:
    """Whether the instance of a group that a tab of the pack names is there; so for any other tab."""
    tab, (_, key) = pack.tab(name), split_key(name)
    return tab is None or tab.group is None or key in instances.get(tab.group, ())


def tab_title(pack: Pack, code: str) -> str:
    """The title of a tab, with the instance of a repeated group that it is of."""
    tab, (_, key) = pack.tab(code), split_key(code)
    if tab is None:
        return code
    return tab.title if tab.group is None else f"{tab.title} – {pack.groups[tab.group].title} {key}"


def content_of(dossier: DossierRow, found: Reading, code: str) -> TabContent:
    """One tab of a reading. Raises as `check_instance`."""
    check_instance(dossier, found.instances, code)
    document, tab = found.documents.get(code, Document()), dossier.definition.tab(code)
    lines = () if tab is None or not found.hides.hidden else tab.lines
    return TabContent(
        code=code,
        values=document.effective(),
        forced={
            cell: Forced(str(kept["value"]), kept.get("automatic"), str(kept.get("reason") or ""))
            for cell, kept in document.forced.items()
        },
        rows=tuple(
            RowContent(row["key"], {**row.get("computed", {}), **row["values"]}) for row in document.rows
        ),
        hidden=found.hides.hides(code),
        hidden_lines=frozenset(line.code for line in lines if found.hides.hides(f"{code}.{line.code}")),
    )
