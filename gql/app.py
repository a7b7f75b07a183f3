"""The web application, wired together: the only place that knows every door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route

from gql.documents import Documents, read_trusted
from gql.execution import Engine
from gql.guard import Guard, Limits
from gql.http import health
from gql.http.door import Door
from gql.http.dossier_files import DossierFilesDoor
from gql.http.downloads import DownloadDoor
from gql.http.envelope import Envelope
from gql.http.gates import Throttle
from gql.http.graphql import GraphQLDoor
from gql.http.oauth import TokenDoor
from gql.http.pack_files import PackFilesDoor
from gql.http.packs import pack, pack_schema, pack_script
from gql.http.pages import Pages
from gql.http.problems import on_http_error, on_problem
from gql.schema import build_schema, field_weights, list_sizes, own_transactions
from models import Problem

if TYPE_CHECKING:
    from authz import Authority
    from gql.settings import Settings
    from models import FileStore


def build_engine(settings: Settings, authority: Authority) -> Engine:
    """What runs GraphQL, without HTTP around it."""
    schema = build_schema()
    guard = Guard(limits_of(settings), list_sizes(schema), field_weights(schema))
    documents = Documents(
        schema._schema,  # noqa: SLF001 - graphql-core's own schema
        guard,
        kept=settings.documents_cached,
        secret=own_transactions(schema),
        trusted=read_trusted(settings.web_client / "documents.json"),
    )
    return Engine(schema, documents, authority)


def limits_of(settings: Settings) -> Limits:
    """The guard's limits, as the installation sets them."""
    return Limits(**{name: getattr(settings, f"document_{name}") for name in Limits.__dataclass_fields__})


def build_app(settings: Settings, authority: Authority, files: FileStore) -> Starlette:
    """The application; the database is open and stays so for its whole life."""
    door, throttle = Door(authority), Throttle(settings.attempts_per_minute)
    graphql = GraphQLDoor(settings, build_engine(settings, authority), door, throttle)
    dossier_files = DossierFilesDoor(door)
    routes = [
        Route("/graphql", graphql.answer, methods=["GET", "POST"]),
        Route("/oauth/token", TokenDoor(throttle, settings.small_body_bytes).answer, methods=["GET", "POST"]),
        Route("/exports/{id}/file", DownloadDoor(door, files).answer, methods=["GET"]),
        Route("/dossiers/{id}/export.xlsx", dossier_files.workbook, methods=["GET"]),
        Route("/dossiers/{id}/export.xml", dossier_files.xml, methods=["GET"]),
        Route("/dossiers/{id}/tabs/{tab}.csv", dossier_files.rows, methods=["GET"]),
        Route("/packs/{form}/{year}/{revision}.json", pack, methods=["GET"]),
        Route("/packs/{form}/{year}/{revision}.js", pack_script, methods=["GET"]),
        Route("/packs/{form}/{year}/{revision}.xsd", pack_schema, methods=["GET"]),
        Route("/packs/{form}/{year}/{revision}.xlsx", PackFilesDoor(door).sheet, methods=["GET"]),
        Route("/packs/{form}/{year}/{revision}.zip", PackFilesDoor(door).archive, methods=["GET"]),
        Route("/health/live", health.live, methods=["GET"]),
        Route("/health/ready", health.Readiness(authority).answer, methods=["GET"]),
        Route("/{path:path}", Pages(settings.web_client).answer, methods=["GET"]),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Envelope, secure=settings.secure)],
        exception_handlers={Problem: on_problem, HTTPException: on_http_error},
    )
