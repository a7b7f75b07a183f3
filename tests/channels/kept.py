"""The channels of what people keep: the dossier is in everyone's list, under every organization's label."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson

from authz import Right
from models import DossierLabel, Label, User, WorkList, WorkListItem
from resolvers.work_list_rows import default_id
from tests.channels.asking import ABSENT, Answer, Channel, Operation, child
from tests.channels.oracle import FORM, OURS, YEAR

if TYPE_CHECKING:
    from authz import Viewer
    from tests.channels.oracle import Asker
    from tests.channels.setting import Setting

MARK = "Étiquette d’essai"
_FILE = base64.b64encode(f"SIREN;Formulaire;Année\n{OURS};{FORM};{YEAR}\n".encode()).decode()


async def keep(viewers: dict[str, Viewer], dossier: UUID) -> dict[str, object]:
    """Each person's own list holds the dossier, and each organization has its label on it."""
    now, found = datetime.now(UTC), dict[str, object]()
    author = await User.get(login="saisie")
    for viewer in viewers.values():
        label = found.get(str(viewer.organization_id))
        if label is None:
            made = await Label.create(
                organization_id=viewer.organization_id, name=MARK, folded=MARK, created_at=now
            )
            await DossierLabel.create(label=made, dossier_id=dossier, author=author, at=now)
            found[str(viewer.organization_id)] = made.id
        if viewer.user_id is not None:
            listed = await WorkList.create(
                id=default_id(viewer.user_id),
                organization_id=viewer.organization_id,
                owner_id=viewer.user_id,
                created_at=now,
            )
            await WorkListItem.create(
                work_list=listed, dossier_id=dossier, author_id=viewer.user_id, added_at=now
            )
    return found


def _list(setting: Setting, asker: Asker) -> str:
    """The asker's own list; a system has none."""
    return str(default_id(setting.viewers[asker.name].user_id or UUID(int=0)))


def _label(setting: Setting, asker: Asker) -> str:
    return str(setting.things[str(setting.viewers[asker.name].organization_id)])


class _Counted(Operation):
    """What counts the dossier, under any of some names: one, or none at all."""

    def __init__(self, text: str, path: str, *names: str) -> None:
        super().__init__(text, path, list=_list, label=_label, file=lambda *_: _FILE)
        self._names = names

    async def __call__(self, setting: Setting, asker: Asker, target: object) -> Answer:
        """Ask, and count."""
        answer = await super().__call__(setting, asker, target)
        if answer.code != "OK":
            return answer
        (found,) = orjson.loads(answer.told)["data"].values()
        kept: dict[str, Any] = found[0] if isinstance(found, list) else found
        counted = sum(kept[name] for name in self._names)
        return Answer({0: ABSENT, 1: "OK"}.get(counted, "WRONG_COUNT"), answer.told)


def _kept(asker: Asker, step: int) -> str:
    return "PERSON_REQUIRED" if asker.machine else "OK" if asker.may(Right.READ, step) else ABSENT


def _listed(asker: Asker, step: int) -> str:
    """A system has no list: it finds nothing in any."""
    return ABSENT if asker.machine else _kept(asker, step)


def _marked(asker: Asker, step: int) -> str:
    return "OK" if asker.may(Right.READ, step) else ABSENT


def _done(asker: Asker, step: int) -> str:
    return "NOT_FOUND" if _kept(asker, step) == ABSENT else _kept(asker, step)


_KEY = 'idempotencyKey: "k"'
KEPT = (
    child("labels", "labels { id name tone }"),
    Channel(
        "workLists",
        "kept",
        _Counted("query Ask { workLists { count } }", "workLists", "count"),
        world=_kept,
        unlinked=True,
    ),
    Channel(
        "workList",
        "kept",
        _Counted("query Ask($list: ID!) { workList(id: $list) { count } }", "workList", "count"),
        world=_kept,
        unlinked=True,
    ),
    Channel(
        "dossiers.workList",
        "kept",
        _Counted(
            "query Ask($list: ID!) { dossiers(criteria: {workList: $list}) { totalCount } }",
            "dossiers",
            "totalCount",
        ),
        world=_listed,
        unlinked=True,
    ),
    Channel(
        "dossiers.labels",
        "kept",
        _Counted(
            "query Ask($label: ID!) { dossiers(criteria: {labels: [$label]}) { totalCount } }",
            "dossiers",
            "totalCount",
        ),
        world=_marked,
        unlinked=True,
    ),
    Channel(
        "addToWorkList",
        "kept",
        Operation(
            "mutation Put($id: ID!, $list: ID!) {"
            f" addToWorkList(list: $list, dossiers: [$id], {_KEY}) {{ already list {{ count }} }} }}",
            "addToWorkList",
            list=_list,
        ),
        world=_done,
    ),
    Channel(
        "addFoundToWorkList",
        "kept",
        _Counted(
            "mutation Put($list: ID!) { addFoundToWorkList(list: $list, without: [],"
            f' criteria: {{search: "{OURS}", form: "{FORM}", year: {YEAR}}}, {_KEY}) {{ added already }} }}',
            "addFoundToWorkList",
            "added",
            "already",
        ),
        world=_kept,
        unlinked=True,
    ),
    Channel(
        "importWorkList",
        "kept",
        _Counted(
            f"mutation Put($list: ID!, $file: String!) {{ importWorkList(list: $list, file: $file, {_KEY})"
            " { added already lines { outcome message } } }",
            "importWorkList",
            "added",
            "already",
        ),
        world=_kept,
        unlinked=True,
    ),
    Channel(
        "removeFromWorkList",
        "kept",
        _Counted(
            "mutation Take($id: ID!, $list: ID!) {"
            f" removeFromWorkList(list: $list, dossiers: [$id], {_KEY}) {{ removed list {{ count }} }} }}",
            "removeFromWorkList",
            "removed",
        ),
        world=_kept,
    ),
    Channel(
        "setLabels",
        "kept",
        Operation(
            "mutation Mark($id: ID!, $label: ID!) {"
            f" setLabels(dossiers: [$id], add: [], remove: [$label], {_KEY}) }}",
            "setLabels",
            label=_label,
        ),
        world=_done,
    ),
)
