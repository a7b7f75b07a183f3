"""What is wrong with a document is told in French, with its place and its names: never in English."""

from __future__ import annotations

import pytest
from graphql import GraphQLError

from gql.document_faults import document_fault
from gql.execution import Engine, Request
from tests.gql.french import english, plain
from tests.world import World

FAULTS: list[tuple[str, str]] = [
    (
        "{ viewer { nme } }",
        "le champ « nme » n’existe pas dans « Viewer » (ligne 1, colonne 12). Peut-être : « name »",
    ),
    ("{ dossier { id } }", "l’argument « Query.dossier(id:) », de type « ID! », est obligatoire et manque"),
    ("{ dossiers(frst: 3) { totalCount } }", "l’argument « frst » n’existe pas pour « Query.dossiers »"),
    ("query A($x: Nope) { dossiers(first: $x) { totalCount } }", "le type « Nope » n’existe pas"),
    ("{ viewer @nope { name } }", "la directive « @nope » n’existe pas"),
    ("query @include(if: true) { viewer { name } }", "la directive « @include » n’est pas à sa place"),
    ("{ viewer { name @include } }", "l’argument « @include(if:) », de type « Boolean! »"),
    (
        "{ viewer { name @include(if: true, unless: true) } }",
        "l’argument « unless » n’existe pas pour « @include »",
    ),
    ("{ viewer { name @include(if: true) @include(if: true) } }", "la directive « @include » y est répétée"),
    ("{ viewer { ...none } }", "le fragment « none » n’existe pas"),
    ("{ viewer { name } } fragment f on Viewer { name }", "le fragment « f » ne sert pas"),
    (
        "{ viewer { ...f } } fragment f on Viewer { name } fragment f on Viewer { name }",
        "deux fragments ont le nom « f »",
    ),
    (
        "{ viewer { ...f } } fragment f on String { name }",
        "le fragment « f » porte sur « String », sans champs",
    ),
    ("{ viewer { ... on String { name } } }", "un fragment porte sur « String », sans champs"),
    ("{ viewer { ...f } } fragment f on Dossier { id }", "où se trouve « Viewer » et jamais « Dossier »"),
    ("{ viewer { ... on Dossier { id } } }", "où se trouve « Viewer » et jamais « Dossier »"),
    ("{ dossier(id: $id) { id } }", "la variable « $id » n’est pas déclarée ("),
    ("query A { dossier(id: $id) { id } }", "la variable « $id » n’est pas déclarée par l’opération « A »"),
    ("query A($x: Int) { viewer { name } }", "la variable « $x » ne sert pas dans l’opération « A »"),
    ("query ($x: Int) { viewer { name } }", "la variable « $x » ne sert pas ("),
    (
        "query ($x: Int, $x: Int) { dossiers(first: $x) { totalCount } }",
        "la variable « $x » est déclarée deux fois",
    ),
    (
        "query ($x: String) { dossiers(first: $x) { totalCount } }",
        "« $x » est de type « String », là où il faut « Int! »",
    ),
    (
        "query ($x: Viewer) { dossiers(first: $x) { totalCount } }",
        "« $x » ne peut pas être de type « Viewer »",
    ),
    ("{ viewer { name { a } } }", "le champ « name », de type « String! », n’a pas de champs à choisir"),
    ("{ viewer }", "le champ « viewer », de type « Viewer! », demande que l’on choisisse ses champs"),
    ("{ viewer { name: login name } }", "le nom « name » désigne deux demandes différentes"),
    ("{ dossiers(first: 1, first: 2) { totalCount } }", "l’argument « first » est répété"),
    ("query A { viewer { name } } query A { viewer { name } }", "deux opérations ont le nom « A »"),
    ("{ dossiers(criteria: {year: 1, year: 2}) { totalCount } }", "le champ « year » est répété"),
    ("{ viewer { name } } query B { viewer { name } }", "une opération sans nom doit être seule"),
    ("type A { b: Int } query { viewer { name } }", "la définition « A » n’est pas une opération"),
    ("subscription { viewer { name } }", "ce genre d’opération n’existe pas dans ce schéma"),
    (
        "{ __schema { types { fields { type { fields { type { fields { type { fields { name }}}}}}}}}}",
        "le schéma est demandé trop profondément",
    ),
    # Values that are written in the document.
    ('{ dossiers(first: "5") { totalCount } }', 'au lieu de « "5" », donnez un nombre entier de −2 147'),
    (
        "{ dossiers(first: 99999999999) { totalCount } }",
        "au lieu de « 99999999999 », donnez un nombre entier",
    ),
    ("{ dossiers(first: null) { totalCount } }", "une valeur de type « Int! » ne peut pas être nulle"),
    ("{ dossiers(first: [1]) { totalCount } }", "au lieu de « [1] », donnez un nombre entier"),
    ("{ dossiers(descending: 1) { totalCount } }", "au lieu de « 1 », donnez vrai ou faux"),
    (
        "{ dossiers(sort: COD) { totalCount } }",
        "« COD » n’est pas une valeur de « DossierSort », dont le schéma",
    ),
    ('{ dossiers(sort: "CODE") { totalCount } }', "une valeur de « DossierSort » s’écrit sans guillemets"),
    ("{ dossiers(criteria: 7) { totalCount } }", "il faut un objet « DossierCriteria »"),
    ('{ dossiers(criteria: {nme: "x"}) { totalCount } }', "« DossierCriteria » n’a pas de champ « nme »"),
    ("{ dossiers(criteria: {search: 7}) { totalCount } }", "au lieu de « 7 », donnez un texte"),
    (
        "{ dossiers(criteria: {labels: [1.5]}) { totalCount } }",
        "donnez un identifiant, texte ou nombre entier",
    ),
    (
        'mutation { writeCells(dossier: "x", writes: [{value: "1"}]) { written } }',
        "il manque à « CellWrite » le champ « cell », obligatoire",
    ),
    (
        'query ($x: Int = "a") { dossiers(first: $x) { totalCount } }',
        'au lieu de « "a" », donnez un nombre entier',
    ),
    # What cannot be read at all.
    ("{ viewer { ", "sa syntaxe est fautive, ce qui est attendu n’y est pas (ligne 1, colonne 12)."),
    ("{ viewer { name } } }", "sa syntaxe est fautive (ligne 1, colonne 21)."),
    (
        "query ($x Int) { viewer { name } }",
        "sa syntaxe est fautive, il y manque « : » (ligne 1, colonne 11).",
    ),
    ("{ dossiers(first: 01) { totalCount } }", "sa syntaxe est fautive (ligne 1, colonne 20)."),
    ('{ viewer(a: "x', "sa syntaxe est fautive, un texte n’est pas fermé"),
    ("{ viewer ? }", "sa syntaxe est fautive (ligne 1, colonne 10)."),
    ("", "sa syntaxe est fautive (ligne 1, colonne 1)."),
    ("query ($x: Int = $y) { viewer { name } }", "sa syntaxe est fautive"),
    ("fragment on on Viewer { name }", "sa syntaxe est fautive"),
    ("{ " + "viewer { name } " * 600 + "}", "sa syntaxe est fautive"),
]


async def test_a_document_at_fault_is_told_in_french(engine: Engine, world: World) -> None:
    for document, said in FAULTS:
        outcome = await engine.run(Request(document), world["saisie"])
        assert (outcome.invalid, "data" in outcome.body) == (True, False)
        error = outcome.body["errors"][0]
        assert error["extensions"] == {"code": "DOCUMENT_INVALID", "path": ["query"]}, document
        words = plain(error["message"])
        assert words.startswith("Le document GraphQL est invalide : ")
        assert said in words, (document, words)
        assert english(words) == set(), words


async def test_a_day_written_in_a_document_keeps_its_own_code(engine: Engine, world: World) -> None:
    document = '{ dossiers(criteria: {passedSince: "hier"}) { totalCount } }'
    (error,) = (await engine.run(Request(document), world["saisie"])).body["errors"]
    assert error["extensions"] == {"code": "DATE_INVALID", "path": ["query"]}
    assert english(error["message"]) == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "A sentence of a later release, with 'names' and a value: 7.",
        "Too many validation errors, error limit reached. Validation aborted.",
        "Cannot query field '" + "a" * 100_000 + "' on type 'Query'.",
        "Variable '" * 20_000,
        "Other cannot represent a value: 7",
    ],
)
def test_what_is_not_known_is_not_told_in_english(sentence: str) -> None:
    fault = document_fault(GraphQLError(sentence))
    assert plain(fault.message) == "Le document GraphQL est invalide : comparez-le au schéma."
