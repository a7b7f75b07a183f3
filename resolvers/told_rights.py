"""Which rights a notification asks of its reader, when it is mailed and whenever it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from authz import Right, Target, Viewer, decide, scope, viewer_of_user
from authz.reach import is_contact
from resolvers.consent_path import place_of
from resolvers.events import Told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from authz import Authority

# Beside the right to read the dossier at the step where it now stands.
ALSO: Final[Mapping[str, Right]] = {
    Told.MESSAGES_PUBLISHED: Right.EXCHANGE_READ,
    Told.ATTACHMENTS_SENT: Right.ATTACHMENT_READ,
}
# Told to whoever has something to do or did it, be he a privileged contact or not.
_NOT_OF_CONTACTS: Final = frozenset(
    {Told.VISA_WAITED_FOR, Told.CIRCUIT_APPROVED, Told.CIRCUIT_REFUSED, Told.CIRCUIT_RETURNED}
)
_TO_THE_ASKER: Final = frozenset({Told.REOPENING_ACCEPTED, Told.REOPENING_REFUSED})
# A column for `may_be_mailed`, over `n`: its reader asked for the reopening that was answered.
ASKED: Final = """EXISTS (SELECT 1 FROM reopening_request r WHERE r.dossier_id = n.dossier_id
  AND r.asked_by_id = n.user_id AND r.answered_at <= n.at) AS asked"""


async def may_be_mailed(authority: Authority, records: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of one reader's notifications that he may still be told of: open account, contact, and reader.

    A record has `user_id`, `event`, `asked`, `path`, and its dossier's `platform`, `form`, `year`, `siren`
    and `step`, null where it is about none: about consents, then.

    Raises Problem AUTHORITY_UNAVAILABLE while the rights cannot be confirmed.
    """
    await authority.refresh()
    viewer = await viewer_of_user(authority, records[0]["user_id"])
    return [record for record in records if _may(viewer, record)]


def _may(viewer: Viewer, record: dict[str, Any]) -> bool:
    if record["event"] == Told.EXPORT_ENDED:
        # Of what he asked for himself, it says how many dossiers there are: his rights are asked when he
        # takes it.
        return True
    if record["platform"] is None:
        told_of = place_of(record["path"])
        return told_of is not None and is_contact(viewer.authority.policy, viewer.subject, *told_of)
    place = (record["platform"], record["form"], record["year"])
    target = Target(*place, f"organism:{record['siren']}", record["step"])
    asked = {Right.READ, ALSO.get(record["event"], Right.READ)}
    concerned = record["event"] in _NOT_OF_CONTACTS or (record["asked"] and record["event"] in _TO_THE_ASKER)
    if not concerned:
        asked.add(Right.NOTIFY)
    return all(decide(viewer, right, target).allowed for right in asked)


def shown_to(viewer: Viewer) -> tuple[str, list[Any]]:
    """What of a viewer's notifications he may see: SQL over `n` and its dossier `d`, and its values.

    The dossier's address alone would tell him of one that is closed to him by now.
    """
    visible = scope(viewer, Right.READ)
    sql, values = f"n.dossier_id IS NULL OR (({visible.sql})", list(visible.values)
    for event, right in ALSO.items():
        also = scope(viewer, right)
        sql += f" AND (n.event <> %s OR ({also.sql}))"
        values += [event, *also.values]
    return f"({sql}))", values
