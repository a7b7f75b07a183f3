"""What a search finds among all that a process knows: sets of organisms, for each campaign that has any."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from authz.rights import STEP_BIT
from forms import Step
from resolvers.criteria import Criteria, Sort
from resolvers.folding import fold, words_of
from resolvers.listing_orders import Found, grouped, order_of
from resolvers.listing_sets import EVERY, found_in, set_of, sight_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from authz import Scope
    from authz.facts import OrganismFact
    from authz.policy import Policy
    from resolvers.listing_memory import ListedOrganism, Memory, Places
    from resolvers.listing_orders import Sets

    Wanted = Callable[[ListedOrganism], bool]


@dataclass(frozen=True, slots=True)
class Eyes:
    """Whose search it is: what one whole policy lets one viewer see."""

    policy: Policy
    seen: Scope


def found(eyes: Eyes, criteria: Criteria, memory: Memory, sort: Sort, *, descending: bool) -> Found:
    """All that criteria of organisms, campaigns and steps ask for, as far as it is seen, in order."""
    places = memory.places
    order = order_of(places, eyes.policy, sort, descending=descending)
    if sort is Sort.STEP:
        steps = sorted(Step, reverse=descending)
        wanted = [step for step in steps if step in (criteria.steps or steps)]
        each = {str(int(step)): sets_of(eyes, replace(criteria, steps=(step,)), memory) for step in wanted}
        return Found(places, order, {str(int(step)): each.get(str(int(step)), {}) for step in steps})
    sets = sets_of(eyes, criteria, memory)
    return Found(places, order, grouped(places, sort, sets, descending=descending))


def sets_of(eyes: Eyes, criteria: Criteria, memory: Memory) -> Sets:
    """The same without an order."""
    sight = sight_of(eyes.seen, memory.places)
    forms, years = criteria.all_forms, criteria.all_years
    if forms or years:
        sight = sight.within(
            {
                campaign.id
                for campaign in memory.places.campaigns
                if (not forms or campaign.form in forms) and (not years or campaign.year in years)
            }
        )
    steps = sum(STEP_BIT[step] for step in set(criteria.steps)) or EVERY
    return found_in(memory, sight, steps, organisms_of(eyes.policy, criteria, memory.places))


def sum_of(sets: Sets) -> int:
    """How many dossiers are in them."""
    return sum(map(int.bit_count, sets.values()))


def organisms_of(policy: Policy, criteria: Criteria, places: Places) -> int:
    """The set of organisms asked for, as dossiers repeat them; what dossiers do not repeat is today's."""
    asked = [*_repeated(criteria), *_of_today(policy, criteria)]
    if not asked:
        return EVERY
    organisms = list(places.organisms)
    for wanted in asked:
        organisms = [one for one in organisms if wanted(one)]
    return set_of(organisms, places)


def _repeated(criteria: Criteria) -> Iterator[Wanted]:
    for word in dict.fromkeys((*words_of(criteria.search), *words_of(criteria.within))):
        yield lambda one, word=word: word in one.search  # type: ignore[misc] # the word of this turn
    if code := fold(criteria.code or ""):
        yield lambda one: one.code.lower().startswith(code)
    if categories := criteria.all_categories:
        yield lambda one: one.category in categories


def _of_today(policy: Policy, criteria: Criteria) -> Iterator[Wanted]:
    words = words_of(criteria.name)
    siren = "".join(fold(criteria.siren or "").split())
    if not (words or siren or criteria.department or criteria.federated is not None):
        return
    known = {fact.id: fact for fact in policy.organisms.known.values()}
    if words:
        yield lambda one: all(word in _name(one, known.get(one.organism_id)) for word in words)
    if siren:
        there = {id_ for id_, fact in known.items() if siren_of(fact).startswith(siren)}
        yield lambda one: one.organism_id in there
    if criteria.department:
        seated = {id_ for id_, fact in known.items() if fact.department == criteria.department}
        yield lambda one: one.organism_id in seated
    if criteria.federated is not None:
        bound = {id_ for id_, fact in known.items() if (fact.federation is not None) is criteria.federated}
        yield lambda one: one.organism_id in bound


def siren_of(fact: OrganismFact) -> str:
    """The SIREN of an organism of the policy."""
    return fact.key.partition(":")[2]


def _name(one: ListedOrganism, fact: OrganismFact | None) -> str:
    """What stands before the SIREN in what its dossiers are found by."""
    return one.search if fact is None else one.search.partition(f" {siren_of(fact)}")[0]
