"""A search as a condition in SQL: what is asked of single dossiers too, as far as the viewer is told it.

Where he may not know, a dossier matches neither yes nor no. That he reads the dossier is not in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from authz import Right, scope
from authz.clock import today
from authz.scope import NOTHING, Condition
from models import AssignmentRole, Category, fetch
from resolvers.days import begins, ends
from resolvers.deadlines import LAST_STEP, LATE
from resolvers.finding_one_by_one import anomalies, handed, unread
from resolvers.finding_sql import joined, of_sets
from resolvers.finding_standing import ER, FEDERATION, both, hears, inside, limited, negated, opens
from resolvers.folding import folded_sql, words_like
from resolvers.opening import SINCE_OPEN
from resolvers.people_rights import platform_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from authz import Viewer
    from resolvers.criteria import Criteria

_LABELS = """d.id IN (SELECT x.dossier_id FROM dossier_label x JOIN label l ON l.id = x.label_id
WHERE l.organization_id = %s AND l.id = ANY(%s))"""
_WORK_LIST = """d.id IN (SELECT i.dossier_id FROM work_list_item i JOIN work_list w ON w.id = i.work_list_id
WHERE w.id = %s AND (w.owner_id = %s OR (w.shared AND w.organization_id = %s)))"""
_FOLLOWED = "d.id IN (SELECT a.dossier_id FROM assignment a WHERE a.user_id = %s AND a.role = %s)"
# The value is the patterns of all words.
_USER_NAME = folded_sql("u.first_name || ' ' || u.last_name")
USER_NAMED = f"{_USER_NAME} LIKE ALL(%s)"
_USERS = f"""SELECT DISTINCT o.id::text FROM organism o JOIN user_account u
ON u.organization_id = o.organization_id WHERE u.closed_at IS NULL AND {USER_NAMED}"""  # noqa: S608 - our own constant
# The last step whose day has passed, of each campaign and kind: read once where a million dossiers would ask
# it one by one (`deadlines`); those that have a day of their own ask it for themselves.
_PAST = f"""SELECT l.campaign_id, k.category, max(l.step) AS last
FROM deadline l, unnest(%s::text[]) k(category)
WHERE l.due_on < %s AND l.step <= {LAST_STEP} AND (l.category = k.category OR l.category = '' AND NOT EXISTS (
  SELECT FROM deadline own WHERE own.campaign_id = l.campaign_id AND own.step = l.step
     AND own.category = k.category)) GROUP BY 1, 2"""  # noqa: S608 - our own constants
_LATE = f"""CASE WHEN d.id IN (SELECT dossier_id FROM deadline_exception WHERE removed_at IS NULL)
THEN coalesce({LATE}, FALSE)
ELSE (d.campaign_id, d.category, d.step) IN (
  SELECT * FROM unnest(%s::int[], %s::text[], %s::int[])) END"""  # noqa: S608 - our own constants
_ER = "(d.organism_id, d.year) IN (SELECT d.organism_id, d.year FROM dossier d WHERE {which})"


_PASSED = "SELECT c.dossier_id FROM crossing c WHERE c.target = %s AND {days}"
# A passage is told as the history tells it: of a time since which the dossier is open to its reader.
_PASSED_TOLD = """d.id IN ({passed}) AND EXISTS (SELECT FROM crossing c, (SELECT {opens} AS opens) o
WHERE c.dossier_id = d.id AND c.target = %s AND {days} AND {since})"""


async def told(viewer: Viewer, criteria: Criteria) -> Condition:
    """All that the criteria ask. Raises Invalid CRITERIA_TOO_WIDE."""
    parts = [of_sets(criteria), *_kept(viewer, criteria), *_people(viewer, criteria)]
    if criteria.late is not None:
        late = await _late()
        parts.append(late if criteria.late else negated(late))
    if criteria.er_transmitted is not None:
        parts.append(_er(viewer, transmitted=criteria.er_transmitted))
    parts += [*await _users(viewer, criteria), *_passed(viewer, criteria)]
    for ask in (_handed, _anomalies, _unread):
        narrowed = joined(parts)
        parts = [narrowed, *await ask(viewer, criteria, narrowed)]
    return joined(parts)


def _kept(viewer: Viewer, criteria: Criteria) -> Iterator[Condition]:
    """What his organization or himself keeps beside the dossier."""
    if criteria.labels:
        yield Condition(_LABELS, (viewer.organization_id, list(criteria.labels)))
    if criteria.work_list is not None:
        asked = criteria.work_list, viewer.user_id, viewer.organization_id
        yield NOTHING if viewer.user_id is None else Condition(_WORK_LIST, asked)


def _people(viewer: Viewer, criteria: Criteria) -> Iterator[Condition]:
    """Accounts are told to the platform alone."""
    platform = inside(viewer) if platform_of(viewer) is not None else NOTHING
    followed = (
        (criteria.officer, AssignmentRole.OFFICER),
        (criteria.account_manager, AssignmentRole.ACCOUNT_MANAGER),
    )
    for user, role in followed:
        if user is not None:
            yield joined([platform, Condition(_FOLLOWED, (user, role.value))])


async def _late() -> Condition:
    """As each dossier is told it of itself."""
    day = today().date
    places = [
        (str(record["campaign_id"]), record["category"], str(step))
        for record in await fetch(_PAST, [list(Category), day])
        for step in range(record["last"] + 1)
    ]
    columns = (",".join(column) for column in zip(*places, strict=True)) if places else ("", "", "")
    return Condition(_LATE, (day, *(f"{{{column}}}" for column in columns)))


async def _users(viewer: Viewer, criteria: Criteria) -> list[Condition]:
    """The organisms are named: how many people have such a name is nothing that the database foresees."""
    patterns = words_like(criteria.user)
    if not patterns:
        return []
    ids = ",".join(record["id"] for record in await fetch(_USERS, [patterns]))
    return [inside(viewer), Condition("d.organism_id = ANY(%s::uuid[])", (f"{{{ids}}}",))]


def _er(viewer: Viewer, *, transmitted: bool) -> Condition:
    """On a federation's platform: told to who reads the ER, and to the dossier's own two sides."""
    readable = scope(viewer, Right.READ)
    sent, there = f"{ER} AND d.transmitted_at IS NOT NULL", ER
    sent_read, read = (
        Condition(_ER.format(which=f"{which} AND ({readable.sql})"), readable.values)
        for which in (sent, there)
    )
    own = inside(viewer)
    sent_told = both(joined([own, Condition(_ER.format(which=sent), ())]), sent_read)
    asked = sent_told if transmitted else joined([both(own, read), negated(sent_told)])
    return joined([Condition(FEDERATION, ()), asked])


def _passed(viewer: Viewer, criteria: Criteria) -> Iterator[Condition]:
    days = list(_within("{}", criteria.passed_since, criteria.passed_until, "passed"))
    if criteria.passed_step is None:
        yield from (Condition(day.sql.format("d.step_since"), day.values) for day in days)
        return
    between = joined([Condition(day.sql.format("c.at"), day.values) for day in days])
    values = int(criteria.passed_step), *between.values
    opened = opens(viewer)
    passed = _PASSED.format(days=between.sql)
    sql = _PASSED_TOLD.format(passed=passed, opens=opened.sql, days=between.sql, since=SINCE_OPEN)
    yield Condition(sql, (*values, *opened.values, *values))


def _within(moment: str, since: date | None, until: date | None, name: str) -> Iterator[Condition]:
    """Of these days of Paris, both included."""
    if since is not None:
        yield Condition(f"{moment} >= %s", (begins(since, f"{name}Since"),))
    if until is not None:
        yield Condition(f"{moment} < %s", (ends(until, f"{name}Until"),))


async def _handed(viewer: Viewer, criteria: Criteria, narrowed: Condition) -> list[Condition]:
    if criteria.handed_since is None and criteria.handed_until is None:
        return []
    begun = _within("h.handed_at", None, criteria.handed_until, "handed")
    ended = _within("coalesce(h.taken_at, 'infinity')", criteria.handed_since, None, "handed")
    days = joined([*begun, *ended])
    then = Condition(f"d.id IN (SELECT h.dossier_id FROM hand_back h WHERE {days.sql})", days.values)  # noqa: S608 - the values are apart
    if limited(viewer):
        return [await handed(viewer, narrowed, then)]
    return [then, hears(viewer)]


async def _anomalies(viewer: Viewer, criteria: Criteria, narrowed: Condition) -> list[Condition]:
    asked = criteria.anomalies
    return [] if asked is None else [await anomalies(viewer, narrowed, left=asked)]


async def _unread(viewer: Viewer, criteria: Criteria, narrowed: Condition) -> list[Condition]:
    asked = criteria.unread
    return [] if asked is None else [await unread(viewer, narrowed, some=asked)]
