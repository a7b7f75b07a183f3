"""A file of rules read, before anything is changed."""

from __future__ import annotations

import strawberry

from authz.csv_lines import CsvFault as Fault
from gql.fields import shown
from gql.types.policy_impact import PolicyImpact
from gql.types.policy_lines import PolicyLine
from resolvers.policy_csv import CsvReading as Reading
from resolvers.policy_desk import LineRow


@strawberry.type(description="Ligne lue dans un fichier, que les règles n’ont pas.")
class PolicyLineRead:
    """A line of a file."""

    row: strawberry.Private[LineRow]
    ptype: str = shown("Type de la ligne.", lambda it: it.row.ptype)
    values: list[str] = shown("Champs, dans l’ordre du modèle.", lambda it: list(it.row.values))
    text: str = shown("La ligne en français.", lambda it: it.row.text)


@strawberry.type(description="Défaut d’une ligne d’un fichier de règles.")
class CsvFault:
    """What is wrong with a line."""

    row: strawberry.Private[Fault]
    line: int = shown("Ligne du fichier, à partir de 1.", lambda it: it.row.line)
    field: str = shown("Champ du modèle\u202f; vide pour la ligne entière.", lambda it: it.row.field)
    sentence: str = shown("Ce qui ne va pas.", lambda it: it.row.sentence)
    code: str = shown("Code stable.", lambda it: it.row.code)


@strawberry.type(description="Ce qu’un fichier changerait aux lignes modifiables d’une plateforme.")
class CsvReading:
    """A file compared with the rules in force."""

    row: strawberry.Private[Reading]
    add: list[PolicyLineRead] = shown(
        "Lignes à ajouter\u202f; vide tant que le fichier a des défauts.",
        lambda it: [PolicyLineRead(row=row) for row in it.row.add],
        size=50,
    )
    close: list[PolicyLine] = shown(
        "Lignes à fermer.", lambda it: [PolicyLine(row=row) for row in it.row.close], size=50
    )
    faults: list[CsvFault] = shown(
        "Défauts, 200 au plus.", lambda it: [CsvFault(row=row) for row in it.row.faults], size=50
    )
    impact: PolicyImpact | None = shown(
        "Ce que le changement ferait\u202f; nul s’il y a des défauts ou si rien ne change.",
        lambda it: None if it.row.impact is None else PolicyImpact(row=it.row.impact),
    )
