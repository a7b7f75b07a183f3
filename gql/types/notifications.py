"""Notifications in the application, and how one is told of each event."""

from __future__ import annotations

from datetime import datetime

import strawberry

from gql.fields import shown
from gql.types.describing import describe
from gql.types.page_info import PageInfo, page_edges, page_end
from models import Delivery
from rendering.mail_words import OBJECTS
from resolvers.events import Told
from resolvers.notification_centre import NotificationRow, PreferenceRow
from resolvers.paging import Paged


def label_of(event: Told) -> str:
    """An event's name, with its capital."""
    found = OBJECTS[event]
    return found[:1].upper() + found[1:]


describe(
    Delivery,
    "Façon d’être prévenu d’un évènement\u202f; le centre de notifications les montre tous.",
    {
        "MAIL": "Un courriel à chaque fois.",
        "DIGEST": "Un récapitulatif par jour.",
        "CENTRE": "Dans l’application seulement.",
    },
    name="NotificationDelivery",
)
describe(
    Told,
    "Évènement dont les contacts privilégiés sont prévenus.",
    {event.name: f"{label_of(event)}." for event in Told},
    name="NotificationEvent",
)


@strawberry.type(description="Évènement dont l’appelant a été prévenu.")
class Notification:
    """One notification of the viewer's."""

    row: strawberry.Private[NotificationRow]
    id: strawberry.ID = shown("Identifiant.", lambda it: str(it.row.id))
    event: Told = shown("Évènement.", lambda it: it.row.event)
    label: str = shown("L’évènement, en français.", lambda it: label_of(it.row.event))
    subject: str = shown("Formulaire et année du dossier, ou ce dont il s’agit.", lambda it: it.row.subject)
    organism: str = shown("Organisme du dossier, ou texte vide.", lambda it: it.row.organism)
    path: str = shown("Page où il mène, relative au serveur.", lambda it: it.row.path)
    text: str = shown("Ce que la plateforme a écrit ; vide pour un évènement.", lambda it: it.row.text)
    at: datetime = shown("Moment.", lambda it: it.row.at)
    read_at: datetime | None = shown("Moment de sa lecture\u202f; nul avant.", lambda it: it.row.read_at)
    dossier: strawberry.ID | None = shown(
        "Identifiant du dossier, s’il s’agit d’un dossier.",
        lambda it: None if it.row.dossier_id is None else str(it.row.dossier_id),
    )


@strawberry.type(description="Notification d’une page.")
class NotificationEdge:
    """A notification and its cursor."""

    cursor: str = strawberry.field(description="Curseur de cette notification.")
    node: Notification = strawberry.field(description="La notification.")


@strawberry.type(description="Page de notifications, de la plus récente à la plus ancienne.")
class NotificationConnection:
    """One page."""

    page: strawberry.Private[Paged[NotificationRow]]
    edges: list[NotificationEdge] = page_edges("Notifications de la page.", NotificationEdge, Notification)
    page_info: PageInfo = page_end()


@strawberry.type(description="Façon dont l’appelant veut être prévenu d’un évènement.")
class NotificationPreference:
    """One event, and how it is told."""

    row: strawberry.Private[PreferenceRow]
    event: Told = shown("Évènement.", lambda it: it.row.event)
    label: str = shown("L’évènement, en français.", lambda it: label_of(it.row.event))
    delivery: Delivery = shown("Façon d’être prévenu.", lambda it: it.row.delivery)
