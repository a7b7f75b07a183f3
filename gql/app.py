"""The web application, wired together: the only place that knows every door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from authz import Right
from gql.documents import Documents, read_trusted
from gql.execution import Engine
from gql.fields import Anonymous, Requires, SignedIn
from gql.guard import Guard, Limits
from gql.http import health
from gql.http.attachment_files import AttachmentDoor
from gql.http.awaited import Awaited
from gql.http.campaign_files import CampaignFilesDoor
from gql.http.convention_files import ConventionFilesDoor
from gql.http.copies import CopyDoor
from gql.http.door import Door
from gql.http.dossier_files import DossierFilesDoor
from gql.http.downloads import DownloadDoor
from gql.http.envelope import Envelope
from gql.http.gates import Throttle
from gql.http.graphql import GraphQLDoor
from gql.http.list_files import KINDS, ListFilesDoor
from gql.http.list_users import ListUsersDoor
from gql.http.manual import ManualDoor
from gql.http.mass_export_files import MassExportDoor
from gql.http.oauth import TokenDoor
from gql.http.pack_files import PackFilesDoor
from gql.http.packs import pack, pack_schema, pack_script
from gql.http.pages import Pages
from gql.http.policy_csv import PolicyCsvDoor
from gql.http.problems import on_http_error, on_problem
from gql.http.reading_files import ReadingFilesDoor
from gql.http.routes import EachField, GuardedRoute
from gql.schema import build_schema, field_weights, list_sizes, longest_pages, with_passwords
from models import Problem
from resolvers.attachment_rows import Intake

if TYPE_CHECKING:
    from authz import Authority
    from gql.settings import Settings
    from models import FileStore

DIRECT = "/acces-direct/{platform}/{form}/{year}/{folder}/{file}"


def build_engine(settings: Settings, authority: Authority, files: FileStore | None = None) -> Engine:
    """What runs GraphQL, without HTTP around it."""
    schema = build_schema()
    guard = Guard(limits_of(settings), list_sizes(schema), field_weights(schema), longest_pages(schema))
    documents = Documents(
        schema._schema,  # noqa: SLF001 - graphql-core's own schema
        guard,
        kept=settings.documents_cached,
        secret=with_passwords(schema),
        trusted=read_trusted(settings.web_client / "documents.json"),
    )
    return Engine(schema, documents, authority, files, intake_of(settings))


def intake_of(settings: Settings) -> Intake:
    """How this installation takes documents in."""
    return Intake(settings.attachment_bytes, scanned=bool(settings.clamd))


def limits_of(settings: Settings) -> Limits:
    """The guard's limits, as the installation sets them."""
    return Limits(**{name: getattr(settings, f"document_{name}") for name in Limits.__dataclass_fields__})


def build_app(settings: Settings, authority: Authority, files: FileStore) -> Starlette:
    """The application; the database is open and stays so for its whole life."""
    door, throttle = Door(authority), Throttle(settings.attempts_per_minute)
    graphql = GraphQLDoor(settings, build_engine(settings, authority, files), door, throttle)
    wide, both = Anonymous(), ("GET", "POST")
    routes = [
        GuardedRoute("/graphql", graphql.answer, EachField(), both),
        GuardedRoute("/oauth/token", TokenDoor(throttle, settings.small_body_bytes).answer, wide, both),
        *_of_dossiers(settings, door, files),
        *_of_lists(door),
        *_of_platforms(door, files),
        *_of_forms(door),
        GuardedRoute("/health/live", health.live, wide),
        GuardedRoute("/health/ready", health.Readiness(authority).answer, wide),
        GuardedRoute("/{path:path}", Pages(settings.web_client).answer, wide),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Envelope, secure=settings.secure)],
        exception_handlers={Problem: on_problem, HTTPException: on_http_error},
    )


def _of_dossiers(settings: Settings, door: Door, files: FileStore) -> list[GuardedRoute]:
    """What leaves a dossier, and what is joined to it."""
    dossier_files, copy, mass = DossierFilesDoor(door), CopyDoor(door, files), MassExportDoor(door, files)
    joined = AttachmentDoor(door, files, intake_of(settings), settings.origins)
    attached, attaching = Requires(Right.ATTACHMENT_READ), Requires(Right.ATTACHMENT_WRITE)
    export = Requires(Right.EXPORT)
    return [
        GuardedRoute("/exports/{id}/file", DownloadDoor(door, files).answer, export),
        GuardedRoute("/mass-exports/{id}/file", mass.file, export),
        GuardedRoute("/mass-exports/{id}/manifeste.csv", mass.manifest, export),
        GuardedRoute("/dossiers/{id}/export.xlsx", dossier_files.workbook, export),
        GuardedRoute("/dossiers/{id}/export.xml", dossier_files.xml, export),
        GuardedRoute("/dossiers/{id}/tabs/{tab}.csv", dossier_files.rows, export),
        GuardedRoute("/dossiers/{id}/attachments.zip", joined.archive, attached),
        GuardedRoute("/attachments/{id}/content", joined.get, attached),
        GuardedRoute("/attachments/{id}/content", joined.put, attaching, ("PUT",)),
        GuardedRoute("/copies/{id}.zip", copy.archive, export),
        GuardedRoute("/copies/{id}/receipt.pdf", copy.receipt, export),
        GuardedRoute("/copies/{id}/dossier.pdf", copy.dossier, export),
        GuardedRoute(DIRECT, copy.direct, Requires(Right.DIRECT_READ)),
        GuardedRoute("/readings.xlsx", ReadingFilesDoor(door).register, SignedIn()),
    ]


def _of_lists(door: Door) -> list[GuardedRoute]:
    """What a search finds, and who are at the other end of a work list."""
    read, users = Requires(Right.READ), ListUsersDoor(door)
    return [
        *(GuardedRoute(f"/dossiers.{suffix}", ListFilesDoor(door, suffix).answer, read) for suffix in KINDS),
        GuardedRoute("/work-lists/{id}/users.csv", users.csv, SignedIn()),
        GuardedRoute("/work-lists/{id}/users.xlsx", users.workbook, SignedIn()),
    ]


def _of_platforms(door: Door, files: FileStore) -> list[GuardedRoute]:
    """Conventions, consents, rules, campaigns, and the manual."""
    agreed = ConventionFilesDoor(door, Awaited(files))
    return [
        GuardedRoute("/conventions/{id}/annex.pdf", agreed.annex, SignedIn()),
        GuardedRoute("/conventions/{id}/signed.pdf", agreed.signed, SignedIn()),
        GuardedRoute("/consents.xlsx", agreed.consents, Requires(Right.READ)),
        GuardedRoute("/transmitted.xlsx", CampaignFilesDoor(door).transmitted, Requires(Right.EXPORT)),
        GuardedRoute("/policy.csv", PolicyCsvDoor(door).answer, Requires(Right.POLICY_EDIT)),
        GuardedRoute("/manuel.pdf", ManualDoor(door, Awaited(files)).answer, SignedIn()),
    ]


def _of_forms(door: Door) -> list[GuardedRoute]:
    """The definitions of forms."""
    wide, files = Anonymous(), PackFilesDoor(door)
    return [
        GuardedRoute("/packs/{form}/{year}/{revision}.json", pack, wide),
        GuardedRoute("/packs/{form}/{year}/{revision}.js", pack_script, wide),
        GuardedRoute("/packs/{form}/{year}/{revision}.xsd", pack_schema, wide),
        GuardedRoute("/packs/{form}/{year}/{revision}.xlsx", files.sheet, SignedIn()),
        GuardedRoute("/packs/{form}/{year}/{revision}.zip", files.archive, SignedIn()),
    ]
