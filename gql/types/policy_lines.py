"""The lines of a platform's rules, and what is said of them."""

from __future__ import annotations

import hashlib

import strawberry

from authz.stored_tests import Outcome
from gql.fields import shown
from gql.types.page_info import PageInfo
from resolvers.policy_desk import LinePage, LineRow
from resolvers.policy_findings import FindingRow


@strawberry.type(description="Ligne des règles de droits, telle que Casbin la lit.")
class PolicyLine:
    """A line, in force or not."""

    row: strawberry.Private[LineRow]
    id: strawberry.ID = shown(
        "Numéro\u202f; `new:…` pour une ligne qui n’est pas encore enregistrée.", lambda it: line_id(it.row)
    )
    ptype: str = shown(
        "Type\u00a0: `p` convention, `p2` cases, `p3` limite, `g` profil.", lambda it: it.row.ptype
    )
    values: list[str] = shown("Champs, dans l’ordre du modèle.", lambda it: list(it.row.values))
    text: str = shown("La ligne en français.", lambda it: it.row.text)
    ref: str = shown("Article ou origine.", lambda it: it.row.ref)
    convention: strawberry.ID | None = shown(
        "Convention dont elle vient\u202f; nul si elle est écrite à la main.",
        lambda it: None if it.row.convention is None else str(it.row.convention),
    )
    since_version: int = shown(
        "Première version où elle vaut\u202f; 0 avant l’enregistrement.", lambda it: it.row.since
    )
    until_version: int | None = shown(
        "Version qui l’a fermée\u202f; nul si elle vaut.", lambda it: it.row.until
    )
    editable: bool = shown("Vrai si elle se modifie à ce pupitre.", lambda it: it.row.editable)


def line_id(row: LineRow) -> strawberry.ID:
    """The number of a stored line; of another, a name that its content alone makes."""
    if row.id is not None:
        return strawberry.ID(str(row.id))
    digest = hashlib.sha256("\n".join((row.ptype, *row.values)).encode()).hexdigest()
    return strawberry.ID(f"new:{digest[:16]}")


@strawberry.type(description="Ligne d’une page.")
class PolicyLineEdge:
    """A line and its cursor."""

    cursor: str = strawberry.field(description="Curseur de cette ligne.")
    node: PolicyLine = strawberry.field(description="La ligne.")


@strawberry.type(description="Page de lignes, par numéro.")
class PolicyLineConnection:
    """One page of lines."""

    page: strawberry.Private[LinePage]
    total_count: int = shown("Nombre exact de lignes trouvées.", lambda it: it.page.total)
    edges: list[PolicyLineEdge] = shown(
        "Lignes de la page.",
        lambda it: [PolicyLineEdge(cursor=str(row.id), node=PolicyLine(row=row)) for row in it.page.rows],
        size=1,
    )
    page_info: PageInfo = shown(
        "Suite de la liste.",
        lambda it: PageInfo(
            has_next_page=it.page.has_next,
            end_cursor=str(it.page.rows[-1].id) if it.page.rows else None,
        ),
    )


@strawberry.type(description="Constat sur les règles\u00a0: une ligne qui ne sert pas, ou plus.")
class PolicyFinding:
    """What the linter says."""

    row: strawberry.Private[FindingRow]
    code: str = shown("Code stable, par exemple `RULE_DEAD`.", lambda it: it.row.finding.code.value)
    severity: str = shown("`warning` ou `info`.", lambda it: it.row.finding.severity)
    sentence: str = shown("Ce qui ne va pas.", lambda it: it.row.sentence)
    lines: list[strawberry.ID] = shown(
        "Numéros des lignes en cause.", lambda it: [str(one) for one in it.row.finding.lines]
    )
    place: str = shown("Type et numéro de la ligne.", lambda it: it.row.place)


@strawberry.type(description="Résultat d’une phrase qui doit rester vraie.")
class PolicyTestResult:
    """Whether a stored test holds."""

    row: strawberry.Private[Outcome]
    test: strawberry.ID = shown("Identifiant de la phrase.", lambda it: str(it.row.test.id))
    sentence: str = shown("La phrase.", lambda it: it.row.test.sentence)
    passes: bool = shown("Vrai si elle est vraie.", lambda it: it.row.passes)
    counterexample: str | None = shown(
        "Un cas où elle est fausse\u202f; nul si elle est vraie.", lambda it: it.row.counterexample
    )


@strawberry.type(description="Phrase qui doit rester vraie, quel que soit le changement.")
class PolicyTest:
    """A stored test."""

    row: strawberry.Private[Outcome]
    id: strawberry.ID = shown("Identifiant.", lambda it: str(it.row.test.id))
    sentence: str = shown("La phrase.", lambda it: it.row.test.sentence)
    actor: str = shown("Organisation, nature ou compte dont elle parle.", lambda it: it.row.test.actor)
    right: str = shown("Fonction.", lambda it: it.row.test.right)
    form: str = shown("Type de formulaire, ou `*` pour tous.", lambda it: it.row.test.form)
    year: int | None = shown("Année\u202f; nul pour toutes.", lambda it: it.row.test.year)
    organisms: str = shown("Groupe d’organismes, ou un seul.", lambda it: it.row.test.organisms)
    steps: str = shown("Étapes, par exemple `0123`.", lambda it: it.row.test.steps)
    expected: bool = shown(
        "Vrai\u00a0: il le peut toujours\u202f; faux\u00a0: il ne le peut jamais.",
        lambda it: it.row.test.expected,
    )
    result: PolicyTestResult = shown("Ce qu’elle donne aujourd’hui.", lambda it: PolicyTestResult(row=it.row))
