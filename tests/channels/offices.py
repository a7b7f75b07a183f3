"""What is asked of organizations, of their people, of forms tried on dossiers, and of what each may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authz import Right
from tests.channels.asked import NAMED, Listing, Question, agent, edits, known, manages, only, query, sent
from tests.channels.asking import EMPTY

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.channels.oracle import Asker

CARD = """{ id name editable profiles { rows { label } } places { form } }"""
ACCOUNTS = "{ accounts(first: 5) { totalCount edges { node { login } } } }"
CLIENTS = "{ clients { name } }"
ACCOUNT = """{ id login organization { name } forms { form profile { rows { label } } } editable refusal isMe
 defaultProfile { rows { label } } }"""
ENTRY = """{firstName: "Ana", lastName: "Roux", email: "ana@example.org", phone: "0140000001",
 defaultProfile: "profile:entry"}"""
APART = 'login: "ana.roux", password: "Turbine-43-lune", passwordAgain: "Turbine-44-lune"'
TEXTS = 'name: "N", shortName: "N", address: "", phone: "", email: "", version: 99'


def ours(asker: Asker) -> bool:
    """Whether he is of the organism."""
    return asker.place == "ours"


def head(asker: Asker) -> bool:
    """Whether he manages the organism's users."""
    return ours(asker) and manages(asker)


def heads(asker: Asker) -> bool:
    """Those who may know of the organism's administrator: himself, and those who manage for the Ministry."""
    return head(asker) or (agent(asker) and manages(asker))


def held(asker: Asker) -> bool:
    """Those who may know of the organism's accountant: himself, and who manages the organism's users."""
    return asker.name == "comptable" or head(asker)


def seen(asker: Asker) -> bool:
    """Those who know of the organism's dossier at step 4."""
    return ours(asker) or edits(asker) or asker.may(Right.READ, 4)


def _systems(asker: Asker) -> str:
    """A body's systems are its own administrators' to list; the platform's open its administrators only."""
    if heads(asker):
        return "OK" if head(asker) else "ADMINISTRATORS_ONLY"
    return "REFUSED" if ours(asker) or agent(asker) else "NOT_FOUND"


def _counted(asker: Asker) -> str:
    """Whoever makes a platform's rules may name any partner there, to write its first convention."""
    named = asker.place == "EPL" and manages(asker)
    return "OK" if edits(asker) else EMPTY if named else "NOT_FOUND"


CARDS = (
    query("organizationCard", "ours", "id: $id", CARD, only(lambda asker: ours(asker) or agent(asker))),
    query(
        "organizationCard",
        "partner",
        "id: $id",
        CARD,
        only(lambda asker: asker.name == "onglets" or agent(asker)),
    ),
    query("organizationCard", "ours", "id: $id", ACCOUNTS, known(heads, lambda it: ours(it) or agent(it))),
    query("organizationCard", "ours", "id: $id", CLIENTS, _systems),
    query(
        "organizations",
        "platform",
        "platform: $id, first: 200",
        "{ totalCount edges { node { name } } }",
        only(agent, "PLATFORM_ONLY"),
    ),
    query(
        "whatCanSee",
        "ours",
        "organization: $id",
        "{ form dossiers refs }",
        only(lambda it: head(it) or edits(it)),
    ),
    query(
        "whatCanSee",
        "partner",
        "organization: $id",
        "{ form dossiers refs }",
        _counted,
        frozenset({"NOT_FOUND"}),
    ),
    sent(
        "updateOrganization",
        "ours",
        f"id: $id, {TEXTS}",
        CARD,
        known(heads, lambda asker: ours(asker) or agent(asker), "ORGANIZATION_STALE"),
    ),
)
PEOPLE = (
    query("account", "account", "id: $id", ACCOUNT, only(held)),
    query("account", "administrator", "id: $id", ACCOUNT, only(heads)),
    query(
        "profile",
        "platform",
        'name: "profile:entry", platform: $id, form: "ER"',
        "{ rows { label } }",
        only(lambda asker: manages(asker) or edits(asker)),
    ),
    sent(
        "createUser",
        "ours",
        f'organization: $id, {APART}, account: {ENTRY}, idempotencyKey: "u"',
        ACCOUNT,
        lambda asker: (
            "PASSWORDS_DIFFER"
            if head(asker)
            else "ADMINISTRATORS_ONLY"
            if heads(asker)
            else "REFUSED"
            if ours(asker) or agent(asker)
            else "NOT_FOUND"
        ),
    ),
    sent(
        "duplicateUser",
        "account",
        f'user: $id, {APART}, account: {ENTRY}, idempotencyKey: "v"',
        ACCOUNT,
        known(head, held, "PASSWORDS_DIFFER"),
    ),
    sent(
        "updateUser",
        "account",
        f"user: $id, account: {ENTRY}, version: 99",
        ACCOUNT,
        known(head, held, "ACCOUNT_STALE"),
    ),
    sent(
        "setFormRights",
        "account",
        "user: $id, rights: [], version: 99",
        ACCOUNT,
        known(head, held, "ACCOUNT_STALE"),
    ),
    sent(
        "reopenUser",
        "gone",
        'user: $id, password: "a", passwordAgain: "b", version: 1',
        ACCOUNT,
        only(head, passes="PASSWORDS_DIFFER"),
    ),
    sent("closeUser", "account", "user: $id, version: 99", ACCOUNT, known(head, held, "ACCOUNT_STALE")),
    sent(
        "changePassword",
        "account",
        'user: $id, password: "Turbine-43-lune", passwordAgain: "autre"',
        "",
        known(head, held, "PASSWORDS_DIFFER", "CURRENT_PASSWORD_WRONG"),
    ),
    sent(
        "changePassword",
        "administrator",
        'user: $id, password: "Turbine-43-lune", passwordAgain: "autre"',
        "",
        lambda asker: (
            "CURRENT_PASSWORD_WRONG"
            if head(asker)
            else "ADMINISTRATORS_ONLY"
            if heads(asker)
            else "NOT_FOUND"
        ),
    ),
)


def another(thing: str, argument: str, world: Callable[[Asker], str]) -> Question:
    """Why another may or may not, on the organism's dossier."""
    text = (
        f"query Why($id: {'String!' if thing in NAMED else 'ID!'}, $dossier: ID!) {{ explainAccess("
        f'dossier: $dossier, right: "dossier:read", {argument}: $id)'
        " { allowed sentence layers { sentence } nearMisses { sentence } } }"
    )
    asked = Listing(text, "explainAccess", dossier=lambda setting, _: str(setting.dossier))
    return Question("explainAccess", thing, asked, world)


TRIED = "{ trial(first: 1) { dossier { id } changed } }"
SEEN = (
    another("account", "user", only(lambda asker: seen(asker) and (held(asker) or edits(asker)))),
    another("system", "client", only(lambda asker: edits(asker) or asker.name == "machine")),
    query("packDraft", "pack", "id: $id", TRIED, only(edits, "PACK_DRAFT_UNKNOWN")),
    query("viewer", "", "", "{ name home { form } }", lambda _: "OK"),
)
