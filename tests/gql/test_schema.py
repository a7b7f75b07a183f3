"""The schema as a whole: committed, explained in French, guarded, bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType, GraphQLScalarType
from graphql.type import is_introspection_type, is_specified_scalar_type

from gql.fields import Anonymous, Requires, SignedIn
from gql.schema import SDL, alone, build_schema, list_sizes, own_transactions, sdl, with_passwords

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = build_schema()
TYPES = [
    kind
    for kind in SCHEMA._schema.type_map.values()  # noqa: SLF001 - graphql-core's own schema
    if not is_introspection_type(kind) and not is_specified_scalar_type(kind)
]


def named() -> Iterator[tuple[str, str | None]]:
    """Everything that may be described, by its name in the schema."""
    for kind in TYPES:
        yield kind.name, kind.description
        if isinstance(kind, GraphQLObjectType):
            for name, field in kind.fields.items():
                yield f"{kind.name}.{name}", field.description
                for argument, definition in field.args.items():
                    yield f"{kind.name}.{name}({argument})", definition.description
        elif isinstance(kind, GraphQLInputObjectType):
            for name, given in kind.fields.items():
                yield f"{kind.name}.{name}", given.description
        elif isinstance(kind, GraphQLEnumType):
            for value, meant in kind.values.items():
                yield f"{kind.name}.{value}", meant.description
        else:
            assert isinstance(kind, GraphQLScalarType)


def mutations() -> dict[str, list[Any]]:
    definition: Any = SCHEMA.get_type_by_name("Mutation")
    return {
        SCHEMA.config.name_converter.get_graphql_name(field): list(field.extensions)
        for field in definition.fields
    }


def test_the_committed_text_is_the_schema() -> None:
    assert SDL.read_text(encoding="utf-8") == sdl(), "run: python -m gql schema --write"


def test_everything_is_explained() -> None:
    assert [name for name, text in named() if not text or not text.endswith((".", "`."))] == []


def test_explanations_are_french_down_to_their_spaces() -> None:
    wrong = [name for name, text in named() if text and any(f" {mark}" in text for mark in ";:!?»")]
    assert wrong == []


def test_every_mutation_says_who_may_send_it() -> None:
    guards = (Requires, SignedIn, Anonymous)
    unguarded = [
        name
        for name, extensions in mutations().items()
        if sum(isinstance(one, guards) for one in extensions) != 1
    ]
    assert unguarded == []


def test_only_the_login_is_open_to_all() -> None:
    is_open = [name for name, extensions in mutations().items() if isinstance(extensions[0], Anonymous)]
    assert is_open == ["login"]


# Why a second sending does no harm without a key: of anything else a retry could be done twice.
KEYLESS = {
    "a session is opened or closed by what is asked": {"login", "logout"},
    "each value says what it was, and one that is no longer so is a conflict": {
        "writeCells", "writeRows", "writeGroup", "importXml", "importSpreadsheet", "importRows",
    },
    "the revision or version that was read is given, and one that is no longer the last is a conflict": {
        "updateConvention", "publishConvention", "suspendConvention", "resumeConvention", "endConvention",
        "deleteConvention", "attachSignedText", "updateOrganization", "updateUser", "setFormRights",
        "closeUser", "reopenUser",
    },
    "a state that is set to what it already is stays as it is, and is told once": {
        "giveConsents", "markThreadsRead", "markNotificationsRead", "setNotificationPreference",
        "setSecondSignature", "switchSupervision", "savePolicyTest", "deletePolicyTest", "saveListView",
    },
    "it leaves the only state in which it may be asked for": {
        "publishPack", "discardPackDraft", "signProposal", "refuseProposal", "withdrawProposal",
        "changePassword",
    },
    "what is sent is known by what it holds": {"uploadPack"},
    "what is kept is the last of it": {"verifyDossier", "justifyAnomaly"},
    "a line of a register of what was seen, each time that it is": {"noteScreen"},
}  # fmt: skip


def test_a_mutation_takes_a_key_or_says_why_it_does_without() -> None:
    root = SCHEMA._schema.mutation_type  # noqa: SLF001 - graphql-core's own schema
    assert root is not None
    keyless = {name for name, field in root.fields.items() if "idempotencyKey" not in field.args}
    assert keyless == set().union(*KEYLESS.values())


def test_required_rights_are_said_in_the_description() -> None:
    fields = dict(named())
    assert (fields["Mutation.writeCells"] or "").endswith("Requiert `dossier:write` ou `dossier:correct`.")
    assert "`dossier:close` ou `dossier:reopen`" in (fields["Mutation.advanceDossier"] or "")


def test_mutations_that_check_a_password_keep_their_own_transaction() -> None:
    assert own_transactions(SCHEMA) == {"login", "transmitDossier", "changePassword", "giveVisa"}
    loads = {"importXml", "importSpreadsheet", "importRows"}
    people = {"updateOrganization", "createUser", "duplicateUser", "updateUser", "setFormRights", "closeUser"}
    passwords = {"login", "transmitDossier", "changePassword", "giveVisa"}
    assert alone(SCHEMA) >= {"uploadPack", "publishPack", *passwords, *people, *loads}


def test_documents_that_may_hold_a_password_are_known() -> None:
    opening = {"createUser", "duplicateUser", "reopenUser"}
    assert with_passwords(SCHEMA) == own_transactions(SCHEMA) | opening


def test_every_list_has_a_size_and_every_page_a_default() -> None:
    sizes = list_sizes(SCHEMA)
    lists = {
        name
        for kind in TYPES
        if isinstance(kind, GraphQLObjectType)
        for name, field in kind.fields.items()
        if "[" in str(field.type) or "first" in field.args
    }
    assert lists <= set(sizes)
    assert (sizes["dossiers"], sizes["exports"], sizes["history"]) == (50, 20, 50)
