"""Every list refuses a page beyond its bound by its own words, whatever the page would have cost."""

from __future__ import annotations

import base64
from string import Template
from typing import TYPE_CHECKING, Any

import pytest

from gql.execution import Request
from gql.schema import build_schema, longest_pages
from models import close_database, execute, open_database
from tests.catalogue import forget_published
from tests.gql.declared import OPERATOR, ORGANISM, PARTNER, Case
from tests.gql.declared_world import Declaring, build_declared

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

SCHEMA = build_schema()
_DOSSIER, _DESK = 'dossier(id: "$dossier") {{ {} }}', 'policyDesk(platform: "MIN") {{ {} }}'
_ASKED = 'platform: "MIN", form: "ER", year: 2024, first: #'
_EDGES = "{ edges { cursor } }"
# Who asks each field with a `first`, and how: `#` is the page.
FIRSTS: dict[str, tuple[str, str]] = {
    "Query.campaignDossiers": (OPERATOR, f"campaignDossiers({_ASKED}) {_EDGES}"),
    "Query.deadlineExceptions": (OPERATOR, f"deadlineExceptions({_ASKED}) {_EDGES}"),
    "Query.handedBack": (OPERATOR, f"handedBack({_ASKED}) {_EDGES}"),
    "Query.transmittedBy": (OPERATOR, f'transmittedBy({_ASKED}, by: "2025-06-30") {_EDGES}'),
    "Query.massMoves": (OPERATOR, f"massMoves(first: #) {_EDGES}"),
    "Query.readings": (ORGANISM, f"readings(first: #) {_EDGES}"),
    "Query.consentList": (PARTNER, f"consentList({_ASKED}) {_EDGES}"),
    "Query.conventions": (OPERATOR, f"conventions(first: #) {_EDGES}"),
    "Query.directAccess": (OPERATOR, f"directAccess(first: #) {_EDGES}"),
    "Query.copyDifference": (ORGANISM, 'copyDifference(dossier: "$dossier", first: #) { totalCount }'),
    "Query.cellHistory": (
        ORGANISM,
        f'cellHistory(dossier: "$dossier", cell: "A1.L011.B", first: #) {_EDGES}',
    ),
    "Query.massExports": (OPERATOR, f"massExports(first: #) {_EDGES}"),
    "Query.dossiers": (
        OPERATOR,
        'dossiers(first: #) { edges { node { tab(code: "A1") { values } history(first: 200) { at } } } }',
    ),
    "Query.suggestOrganisms": (OPERATOR, 'suggestOrganisms(search: "habitat", first: #) { name }'),
    "Query.suggestUsers": (OPERATOR, 'suggestUsers(search: "essai", first: #) { lastName }'),
    "Query.notifications": (OPERATOR, f"notifications(first: #) {_EDGES}"),
    "Query.packDrafts": (OPERATOR, "packDrafts(first: #) { id findings { code } }"),
    "Query.organizations": (OPERATOR, f'organizations(platform: "MIN", first: #) {_EDGES}'),
    "Query.trails": (OPERATOR, f'trails(platform: "MIN", first: #) {_EDGES}'),
    "Query.exports": (OPERATOR, f"exports(first: #) {_EDGES}"),
    "Dossier.visaActs": (ORGANISM, _DOSSIER.format("visaActs(first: #) { visa }")),
    "Dossier.timeline": (ORGANISM, _DOSSIER.format(f"timeline(first: #) {_EDGES}")),
    "Dossier.history": (ORGANISM, _DOSSIER.format("history(first: #) { at }")),
    "Exchange.threads": (ORGANISM, _DOSSIER.format(f"exchange {{ threads(first: #) {_EDGES} }}")),
    "MassMove.items": (
        OPERATOR,
        (
            'startMassMove(dossiers: ["$dossier"], move: "finalise", reason: "Essai.", idempotencyKey: "k")'
            f" {{ items(first: #) {_EDGES} }}"
        ),
    ),
    "ConventionChoices.organisms": (
        OPERATOR,
        'conventionChoices(platform: "MIN") { organisms(search: "essai", first: #) { name } }',
    ),
    "MassExport.items": (OPERATOR, f'massExport(id: "$mass") {{ items(first: #) {_EDGES} }}'),
    "PackDraft.trial": (OPERATOR, 'packDraft(id: "$pack") { trial(first: #) { changed } }'),
    "OrganizationCard.accounts": (
        ORGANISM,
        f'organizationCard(id: "$body") {{ accounts(first: #) {_EDGES} }}',
    ),
    "PolicyDesk.lines": (OPERATOR, _DESK.format(f"lines(first: #) {_EDGES}")),
    "PolicyDesk.versions": (OPERATOR, _DESK.format(f"versions(first: #) {_EDGES}")),
    "PolicyDesk.proposals": (OPERATOR, _DESK.format("proposals(first: #) { id }")),
    "PolicyDesk.actors": (OPERATOR, _DESK.format('actors(search: "", first: #) { name }')),
    "ImportReport.preview": (
        OPERATOR,
        (
            'importRows(dossier: "$dossier", tab: "F01", csv: $$rows, dryRun: true) {'
            " preview(first: #) { cell } }"
        ),
    ),
    "WorkListImport.lines": (
        OPERATOR,
        (
            'importWorkList(list: "$work_list", file: "$sirens", idempotencyKey: "w") {'
            " lines(first: #) { number } }"
        ),
    ),
}
TYPES = {"rows": "String!", "first": "Int!"}
SIRENS = base64.b64encode(b"siren\r\n732829320\r\n").decode()
# What gives fewer lines than other lists, each of them being work.
FEWER = {"trial": 50}
BEYOND = 10**9
SAID = (
    "Une liste se demande par pages de 1 à 200 lignes",
    "Demandez de 1 à 2 000 ",
    "Un essai porte sur 1 à 50 dossiers",
)


@pytest.fixture(scope="module")
async def declaring(
    template: str, new_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Declaring]:
    url, places = new_database(template), (ORGANISM, OPERATOR, PARTNER)
    with pytest.MonkeyPatch.context() as patch:
        # What is published here is forgotten after it.
        forget_published(patch)
        await open_database(url)
        try:
            cases = [Case("Query.dossiers", "", place) for place in places]
            made = await build_declared(url, tmp_path_factory.mktemp("first"), cases)
            # In review, where the platform may move it.
            laid = "UPDATE dossier SET step = 4, passes = 4 WHERE id = %s"
            await execute(laid, [made.named["dossier"]])
            yield made
        finally:
            await close_database()


async def answered(declaring: Declaring, name: str, first: int, *, literal: bool) -> dict[str, Any]:
    """What the field answers to a page of so many lines, written in the document or in a variable."""
    place, text = FIRSTS[name]
    asker = declaring.people[place, frozenset()]
    text = Template(text).substitute({**declaring.named, **asker.own, "sirens": SIRENS})
    variables: dict[str, Any] = {"rows": declaring.large["rows"]} if "$rows" in text else {}
    if not literal:
        variables["first"] = first
    head = ", ".join(f"${one}: {TYPES[one]}" for one in variables)
    kind = "mutation" if text.startswith(("start", "import")) else "query"
    document = f"{kind} Ask{f'({head})' if head else ''} {{ {text} }}"
    document = document.replace("#", str(first) if literal else "$first")
    return (await declaring.engine.run(Request(document, variables=variables), asker.viewer)).body


def fields_with_first() -> set[str]:
    return {
        f"{kind}.{name}"
        for kind, definition in SCHEMA._schema.type_map.items()  # noqa: SLF001 - graphql-core's own schema
        for name, field in getattr(definition, "fields", {}).items()
        if "first" in getattr(field, "args", {})
    }


def test_every_field_with_a_first_is_asked_here() -> None:
    """Whoever adds one says here how it is asked: the guard trusts it to refuse a page beyond its bound."""
    assert fields_with_first() == FIRSTS.keys()


@pytest.mark.parametrize("name", FIRSTS)
async def test_a_page_beyond_its_bound_is_refused_by_the_field_itself(
    declaring: Declaring, name: str
) -> None:
    last = name.partition(".")[2]
    bound = FEWER.get(last) or (longest_pages(SCHEMA).get(last, 200) if name != "PolicyDesk.lines" else 200)
    for literal in (True, False):
        assert "errors" not in (found := await answered(declaring, name, 1, literal=literal)), found
    before = await declaring.state()
    for first, literal in ((BEYOND, True), (BEYOND, False), (bound + 1, True), (0, False), (-1, True)):
        (error,) = (await answered(declaring, name, first, literal=literal))["errors"]
        assert error["extensions"] == {"code": "FIRST_OUT_OF_BOUNDS", "path": ["first"]}, error
        assert error["path"][-1] == last
        assert " ".join(error["message"].split()).startswith(SAID)
    assert await declaring.state() == before
