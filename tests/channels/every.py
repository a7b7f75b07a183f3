"""Everything by which something leaves an installation, walked where it is made, and what the matrix asks."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from graphql import TypeInfo, TypeInfoVisitor, Visitor, parse, visit

from gql.http.routes import GuardedRoute

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from graphql import FieldNode, GraphQLSchema
    from procrastinate import App
    from starlette.applications import Starlette
    from strawberry import Schema

ROOTS = ("Query", "Mutation", "Subscription")
_FORMS = "the text of a form: no value of any dossier is in it"
_PACK = ("files", "fault", "findings", "difference", "tests", "obstacles")
_CONDUCTED = (
    *("campaigns", "campaignDossiers", "campaignDossierIds", "deadlineExceptions"),
    *("handedBack", "assignable", "groupMailRecipients"),
)
_CONDUCTING_VERBS = ("setDeadlines", "grantDeadline", "assign", "sendGroupMail")
_CONDUCTING = (
    "for whoever conducts the form's campaigns, through the scope: tests/resolvers/test_deadlines.py"
)
_REPORT = "the report of its requester, each dossier through the scope: tests/resolvers/test_mass_moves.py"
_KEPT_TEST = "tests/resolvers/test_work_lists.py"
_KEPT = {
    f"one's own or one's organization's, and each dossier of it through the scope: {_KEPT_TEST}": (
        *("Mutation.createWorkList", "Mutation.updateWorkList"),
        *("Mutation.deleteWorkList", "Mutation.sortWorkList"),
    ),
    "one's own words, and no value of a dossier": (
        *("Query.savedSearches", "Mutation.saveSearch", "Mutation.deleteSavedSearch"),
        *("Query.listView", "Mutation.saveListView"),
    ),
    "one's own organization's words, and no value of a dossier": (
        *("Query.labels", "Mutation.createLabel", "Mutation.updateLabel", "Mutation.deleteLabel"),
    ),
}
# Of no dossier and of no convention, or asked under another name: why each is not in the matrix.
APART: Mapping[str, str] = {
    **dict.fromkeys(("Query.packs", "Query.packDrafts", "Mutation.uploadPack"), _FORMS),
    **dict.fromkeys(("Mutation.publishPack", "Mutation.discardPackDraft"), _FORMS),
    **dict.fromkeys((f"PackDraft.{name}" for name in _PACK), f"{_FORMS}; the trial on dossiers is asked"),
    **dict.fromkeys(("Query.delegations", "Query.colleagues"), "one's own, and one's own colleagues' names"),
    **dict.fromkeys(("Mutation.delegate", "Mutation.revokeDelegation"), "what one gives is only one's own"),
    "Mutation.login": "opens one's own session: whoever asks has no right yet",
    "Mutation.logout": "ends one's own session",
    "/graphql": "its fields are walked one by one",
    "/oauth/token": "gives a system its own token, against its secret",
    **dict.fromkeys(
        (f"/packs/{{form}}/{{year}}/{{revision}}.{end}" for end in ("json", "js", "xsd")), _FORMS
    ),
    **dict.fromkeys((f"/packs/{{form}}/{{year}}/{{revision}}.{end}" for end in ("xlsx", "zip")), _FORMS),
    **dict.fromkeys((f"Query.{name}" for name in _CONDUCTED), _CONDUCTING),
    **dict.fromkeys((f"Mutation.{name}" for name in _CONDUCTING_VERBS), _CONDUCTING),
    "Campaign.steps": _CONDUCTING,
    **dict.fromkeys(
        (f"Dossier.{name}" for name in ("officer", "accountManager", "dueOn", "late")),
        "who follows it and until when: below a dossier that was read, and no value of it",
    ),
    **dict.fromkeys(
        ("Query.suggestOrganisms", "DossierConnection.facets"),
        "counted from the dossiers that are seen: tests/resolvers/test_finding_all.py",
    ),
    **dict.fromkeys(
        ("Query.suggestUsers", "Query.followers", "Dossier.erTransmittedAt"),
        "told to few of the readers: tests/resolvers/test_finding_told.py",
    ),
    "Query.transmittedPlaces": "forms and years alone: tests/gql/test_campaigns.py",
    "Query.transmittedBy": "a list of dossiers through the scopes: tests/resolvers/test_campaign_work.py",
    "/transmitted.xlsx": "the same list as a workbook: tests/gql/test_campaigns.py",
    **dict.fromkeys(("Query.massMove", "Query.massMoves", "MassMove.items"), _REPORT),
    "Mutation.startMassMove": "each dossier is moved by advanceDossier's own verb, asked for there",
    "job mass_move": "each dossier is moved by advanceDossier's own verb, as its requester of that moment",
    "Query.massExports": "one's own, and figures alone; what became of each dossier is asked",
    **dict.fromkeys(
        ("Mutation.cancelMassExport", "Mutation.retryMassExport"),
        "one's own; each dossier is read again by the job: tests/rendering/test_mass_exports.py",
    ),
    "job make_mass_export": "each dossier is read as the job of one is: tests/rendering/test_mass_exports.py",
    "/health/live": "says that the process answers",
    "/health/ready": "says that the database and the rules answer",
    "/{path:path}": "the web client's own files, the same for everyone",
    "command serve": "its routes and fields are walked one by one",
    "command work": "its jobs are walked one by one",
    "command demo": "serve and work, on made-up data",
    "command migrate": "the schema, and the lines that a version brings",
    "command seed": "writes made-up data into an empty base, and shows its progress",
    "command schema": "prints the schema",
    "command mailbox": "shows the mails that a demonstration sent itself",
    **dict.fromkeys((f"command pack {name}" for name in ("lint", "test", "diff", "publish")), _FORMS),
    **dict.fromkeys(
        ("Query.notifications", "Query.unreadNotifications", "Mutation.markNotificationsRead"),
        "one's own, none of a dossier that is closed: tests/resolvers/test_notifications.py",
    ),
    **dict.fromkeys(
        ("Query.notificationPreferences", "Mutation.setNotificationPreference"),
        "of nobody else, and of no dossier",
    ),
    **dict.fromkeys(
        ("Query.readingOrganizations", "/readings.xlsx"),
        "of one's own organism's readers, as readings is: tests/gql/test_reading_files.py",
    ),
    **dict.fromkeys(
        (f"/work-lists/{{id}}/users.{suffix}" for suffix in ("csv", "xlsx")),
        "accounts of organisms whose personal data one reads: tests/gql/test_list_users.py",
    ),
    "Dossier.timeline": "asked apart, as each kind of reader: tests/resolvers/test_timeline.py",
    "command audit verify": "says whether the journal is whole, by numbers alone",
    "command audit head": "prints a position and a hash",
    "job tell_visas": "tells those who may answer a visa and read its dossier, and shows nothing",
    "job prepare_digests": "chooses what a digest counts; whoever is sent one is asked of send_digest",
    "job send_digest": "numbers alone, each right asked again: tests/resolvers/test_notifications.py",
    "job seal_events": "adds hashes to the journal and shows none",
    "command pack evaluate": "computes a file that its caller gives: no dossier is opened",
    "job render_annex": "prints a convention for nobody; who may take it is asked of the route",
    "job send_notification": "asked apart: those who are written to are those who may read",
    "job seal_copy": "makes the file of a move for nobody; who may take it is asked of the routes",
    "job seal_left_copies": "asks for the copies that are not made yet, and shows none",
    "job ask_left_jobs_again": "asks for the work that its jobs left undone, and shows none",
    "command verify-seal": "reads files that its caller has: no dossier is opened",
    "command seal-certificate": "prints a certificate, which is public, and never its key",
    "job forget_expired_exports": "throws files away and shows none",
    **dict.fromkeys(
        ("Query.announcements", "Query.platformAnnouncements", "Dossier.announcement"),
        "what a platform tells its users: of no dossier; who conducts no campaign changes none",
    ),
    **dict.fromkeys(
        ("Mutation.publishAnnouncement", "Mutation.removeAnnouncement"),
        "what a platform tells its users; who conducts no campaign is refused, which declared cases ask",
    ),
    **dict.fromkeys(
        ("Query.hotlines", "Query.supervision", "Query.trails", "Query.trail", "Trail.screens"),
        "addresses of screens, without a value: whose trail is whose is asked in tests/resolvers",
    ),
    **dict.fromkeys(("Mutation.switchSupervision", "Mutation.noteScreen"), "one's own session, and no value"),
    "Mutation.askSupport": "takes what one writes oneself, and shows nothing",
    "/manuel.pdf": "the users' manual, the same for everyone",
    "job render_manual": "the users' manual, the same for everyone",
    "job send_support": "sends the hotline what somebody wrote to it",
    "job scan_attachment": "reads a content out to the scanner alone, and tells nobody what is in it",
    "job forget_attachment": "throws files away and shows none",
    "job forget_unfinished_attachments": "throws files away and shows none",
    **{name: reason for reason, names in _KEPT.items() for name in names},
    "job apply_due_policy_changes": "changes rules on their day; its author's right is asked anew there",
}


def fields(schema: Schema) -> Iterator[str]:
    """The fields of the roots, and those of any type that run code of their own."""
    named = schema.config.name_converter.get_graphql_name
    for name in schema._schema.type_map:  # noqa: SLF001 - graphql-core's own schema
        for field in getattr(schema.get_type_by_name(name), "fields", ()):
            if name in ROOTS or field.base_resolver is not None:
                yield f"{name}.{named(field)}"


def routes(app: Starlette) -> Iterator[str]:
    """The addresses of the application; whatever is not a guarded route is told by its own text."""
    for route in app.routes:
        yield route.path if isinstance(route, GuardedRoute) else repr(route)


def commands(parser: argparse.ArgumentParser, said: str = "command") -> Iterator[str]:
    """The commands that do something, and not those that only announce others."""
    kind = argparse._SubParsersAction  # noqa: SLF001 - argparse shows its commands no other way
    listed = [one for one in parser._actions if isinstance(one, kind)]  # noqa: SLF001 - as above
    if not listed:
        yield said
    for action in listed:
        for name, below in action.choices.items():
            yield from commands(below, f"{said} {name}")


def jobs(queue: App) -> Iterator[str]:
    """The jobs of the workers, without the queue's own."""
    return (f"job {name}" for name in queue.tasks if "builtin" not in name)


class _Fields(Visitor):
    """Notes every field that a document asks, with its type."""

    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self._info, self.found = info, set[str]()

    def enter_field(self, node: FieldNode, *_: object) -> None:
        """One field."""
        kind = self._info.get_parent_type()
        if kind is not None:
            self.found.add(f"{kind.name}.{node.name.value}")


def asked_fields(schema: GraphQLSchema, text: str) -> set[str]:
    """The fields of a document."""
    info = TypeInfo(schema)
    fields_of = _Fields(info)
    visit(parse(text), TypeInfoVisitor(info, fields_of))
    return fields_of.found


def asked(schema: Schema, app: Starlette, asks: Iterable[Any]) -> set[str]:
    """What the matrix's channels ask, named as it is walked."""
    found = set[str]()
    for one in asks:
        if text := getattr(one, "text", ""):
            found |= asked_fields(schema._schema, text)  # noqa: SLF001 - graphql-core's own schema
        if path := getattr(one, "path", "").partition("?")[0]:
            found.add(next(route.path for route in app.routes if route.path_regex.match(path)))  # type: ignore[attr-defined]  # each is a Route
        if job := getattr(one, "job", ""):
            found.add(f"job {job}")
    return found


def forgotten(walked: Collection[str], matrix: Collection[str], apart: Collection[str]) -> list[str]:
    """What is neither asked nor set apart, and what is set apart and is no more or is asked after all."""
    left = [f"{name}: ask it in the matrix, or say why not" for name in {*walked} - {*matrix} - {*apart}]
    stale = [f"{name}: no longer apart" for name in apart if name not in walked or name in matrix]
    return sorted([*left, *stale])
