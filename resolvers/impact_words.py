"""An impact in one French sentence, as « La CDC gagne la lecture de 312 dossiers ER ; ANCOLS en perd 4. »."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from authz import RIGHT_NAMES, Right
from authz.clock import today
from authz.rule_text import day_text, listed
from authz.words import NARROW, typeset

if TYPE_CHECKING:
    from resolvers.policy_impact import Gain

# The bodies told by name; the others are counted.
MOST_TOLD = 3

_NOUNS: dict[Right, str] = {
    Right.READ: "la lecture",
    Right.EXPORT: "l’export",
    Right.WRITE: "la saisie",
    Right.INITIALISE: "l’initialisation",
    Right.VALIDATE: "la validation",
    Right.VALIDATE_HIERARCHICAL: "la validation hiérarchique",
    Right.TRANSMIT: "la transmission",
    Right.FINALISE: "la finalisation",
    Right.CLOSE: "la fermeture",
    Right.REOPEN: "la remise en étape 4",
    Right.ASK_REOPENING: "la demande de retour en étape 4",
    Right.ATTACHMENT_READ: "la lecture des pièces jointes",
    Right.ATTACHMENT_WRITE: "l’ajout de pièces jointes",
    Right.EXCHANGE_READ: "la lecture de l’espace d’échange",
    Right.EXCHANGE_WRITE: "l’écriture dans l’espace d’échange",
    Right.NOTIFY: "les courriels",
}


def impact_sentence(rows: Sequence[Gain], day: date) -> str:
    """The whole impact; `day` is told when it is not today's."""
    when = "" if day == today().date else f"À partir du {day_text(day)} : "
    if not rows:
        return typeset(f"{when}aucun dossier ni aucun compte ne change de main.".capitalize())
    parts = list(_parts(rows))
    bodies = {row.organization.key for row in rows}
    told = parts[:MOST_TOLD]
    if len(parts) > MOST_TOLD:
        told.append(
            f"et {len(parts) - MOST_TOLD} autres changements pour {len(bodies)} organisations en tout"
        )
    text = " ; ".join(told)
    return typeset(f"{when}{text[0].upper()}{text[1:]}.")


def losing_sentences(rows: Sequence[Gain]) -> Iterator[str]:
    """What one person would lose, a sentence a form."""
    for (form, lost), rights in _together(rows, lost=True).items():
        if lost:
            yield typeset(f"Vous perdriez {_nouns(rights)} de {_dossiers(lost, form)}.")
    for right in sorted({row.right for row in rows if not (row.gained or row.lost)}):
        yield typeset(f"Votre droit « {RIGHT_NAMES[right][0]} » changerait.")


def number(count: int) -> str:
    """`1234` → « 1 234 »."""
    return f"{count:,}".replace(",", NARROW)


def _parts(rows: Sequence[Gain]) -> Iterator[str]:
    """A clause a body and a number of dossiers, the rights that share it named together."""
    bodies: dict[str, list[Gain]] = defaultdict(list)
    for row in rows:
        bodies[row.organization.key].append(row)
    for group in bodies.values():
        name = group[0].organization.name
        for lost, verb in ((False, "gagne"), (True, "perd")):
            for (form, count), rights in _together(group, lost=lost).items():
                if count:
                    yield f"{name} {verb} {_nouns(rights)} de {_dossiers(count, form)}"
        for row in group:
            if not (row.gained or row.lost):
                accounts = f"{number(row.accounts)} compte{'s' if row.accounts > 1 else ''}"
                yield f"{name} voit changer « {RIGHT_NAMES[row.right][0]} » pour {accounts}"


def _together(rows: Sequence[Gain], *, lost: bool) -> dict[tuple[str, int], list[Right]]:
    found: dict[tuple[str, int], list[Right]] = defaultdict(list)
    for row in rows:
        found[row.form, row.lost if lost else row.gained].append(row.right)
    return found


def _nouns(rights: Sequence[Right]) -> str:
    return listed([_NOUNS.get(right, f"« {RIGHT_NAMES[right][0]} »") for right in rights])


def _dossiers(count: int, form: str) -> str:
    return f"{number(count)} dossier{'s' if count > 1 else ''} {form or 'd’autres formulaires'}"
