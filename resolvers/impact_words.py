"""An impact in one French sentence, as « La CDC gagne la lecture de 312 dossiers ER ; ANCOLS en perd 4. »."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from authz import RIGHT_NAMES, Right
from authz.clock import today
from authz.effect_days import Span
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
    Right.CORRECT: "la correction",
    Right.HAND_BACK: "la remise à l’organisme",
    Right.FINALISE: "la finalisation",
    Right.CLOSE: "la fermeture",
    Right.REOPEN: "la remise en étape 4",
    Right.ASK_REOPENING: "la demande de retour en étape 4",
    Right.ATTACHMENT_READ: "la lecture des pièces jointes",
    Right.ATTACHMENT_WRITE: "l’ajout de pièces jointes",
    Right.EXCHANGE_READ: "la lecture de l’espace d’échange",
    Right.EXCHANGE_WRITE: "l’écriture dans l’espace d’échange",
    Right.DIRECT_READ: "l’accès direct",
    Right.NOTIFY: "les courriels",
}


def impact_sentence(rows: Sequence[Gain], first: Span, unmeasured: Sequence[Span] = ()) -> str:
    """The whole impact, a sentence for each span of days; `first`: the one told when nothing changes hands.

    `unmeasured`: those that follow, of which nothing is known.
    """
    spans: dict[Span, list[Gain]] = defaultdict(list)
    for row in rows:
        spans[row.span].append(row)
    told = [_capital(f"{_when(span)}{_told(found)}.") for span, found in spans.items()]
    if not spans:
        when = _when(Span(first.first))
        told.append(_capital(f"{when}aucun dossier ni aucun compte ne change de main."))
    if unmeasured:
        told.append(f"L’effet n’est pas mesuré à partir du {day_text(unmeasured[0].first)}.")
    return typeset(" ".join(told))


def losing_sentences(rows: Sequence[Gain]) -> Iterator[str]:
    """What one person would lose, a sentence a form and span of days."""
    spans: dict[Span, list[Gain]] = defaultdict(list)
    for row in rows:
        spans[row.span].append(row)
    for span, found in spans.items():
        when = _when(span)
        for (form, lost), rights in _together(found, lost=True).items():
            if lost:
                yield typeset(_capital(f"{when}vous perdriez {_nouns(rights)} de {_dossiers(lost, form)}."))
        for right in sorted({row.right for row in found if not (row.gained or row.lost)}):
            yield typeset(_capital(f"{when}votre droit « {RIGHT_NAMES[right][0]} » changerait."))


def _when(span: Span) -> str:
    """When it is, unless from today on: « Du 01/12/2026 au 31/12/2026 : »."""
    begun = span.first == today().date
    if span.last is None:
        return "" if begun else f"À partir du {day_text(span.first)} : "
    last = day_text(span.last)
    return f"Jusqu’au {last} : " if begun else f"Du {day_text(span.first)} au {last} : "


def _told(rows: Sequence[Gain]) -> str:
    parts = list(_parts(rows))
    told = parts[:MOST_TOLD]
    if len(parts) > MOST_TOLD:
        bodies = {row.organization.key for row in rows}
        told.append(
            f"et {len(parts) - MOST_TOLD} autres changements pour {len(bodies)} organisations en tout"
        )
    return " ; ".join(told)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


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
