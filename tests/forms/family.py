"""A family and its children: a form with a repeated group, conditions and nested tabs."""

from __future__ import annotations

from pathlib import Path

from forms import Pack
from tests.forms.tiny import tiny_pack

PART = """\
@partie 01 | Famille
@onglet R1 | 01 | Responsable | État | texte | H | fixe
@col V | Valeur | S
L011 | | Nom | S
L012 | | Autre parent ? | S
L013 | | Quotient familial | S | unite=eur
L014 | | Nombre d’enfants | C | NBLIG(ENFANT) | unite=nb
L015 | | Vaccins de tous | C | NBLIG(V1) | unite=nb
L016 | | Coût de tous | C | COL(E1.L014.V) | unite=eur
L017 | | Coût de ceux qui mangent | C | SOMMESI(E1.L014.V; E1.L012.V; "oui") | unite=eur
L018 | | Prix des vaccins de tous | C | COL(V1.P) | unite=eur
L019 | | Prix des rappels de tous | C | SOMMESI(V1.P; V1.R; "oui") | unite=eur
@onglet C1 | 01 | Conjoint | État | texte | H | fixe | si=R1.L012.V = "oui"
@col V | Valeur | S
L011 | | Nom | S
L012 | | Revenu | S | unite=eur
L013 | | Revenu doublé | F | L012 * 2 | unite=eur
@groupe ENFANT | Enfant | 1 | 3 | Numéro de l’enfant
@onglet E1 | 01 | Autorisations | État | texte | H | fixe | groupe=ENFANT
@col V | Valeur | S
L011 | | Prénom | S
L012 | | Mange à la cantine ? | S
L013 | | Repas par semaine | S | unite=nb | si=L012.V = "oui"
L014 | | Coût | C | SIVIDE(L013; 0) * R1.L013.V / 100 | unite=eur
L015 | | Part de la famille | C | SI(COL(E1.L014.V) = 0; VIDE(); L014 / COL(E1.L014.V) * 100) | unite=pct
L016 | | Prix de ses vaccins | C | COL(V1.P) | unite=eur
L017 | | Coût de l’an passé | C | L014# | unite=eur
L018 | | Coût retenu | F | L014 + C1.L012.V | unite=eur
@onglet V1 | 01 | Vaccins | État | texte | H | dyn | groupe=ENFANT | si=DANS(E1.L012.V; "oui"; "non")
@col T | Type | S
@col R | Rappel | S
@col P | Prix | S | eur
@col D | Double | C | P * 2 | eur
"""
CHECKS = """\
F-1 | majeure | E1.L013.V | <= | 5 | 0 | ignorer_si_tout_vide | cinq repas au plus
F-2 | mineure | VIDEQ(C1.L011.V) | = | 0 | 0 | toujours | le conjoint a un nom
F-3 | mineure | COL(V1.P) | <= | E1.L014.V | 0 | ignorer_si_un_vide | les vaccins coûtent moins
F-4 | mineure | NBLIG(ENFANT) | = | R1.L014.V | 0 | toujours | autant d’enfants
"""


def family_pack(folder: Path) -> Pack:
    """The pack of a family."""
    return tiny_pack(folder, PART, CHECKS)
