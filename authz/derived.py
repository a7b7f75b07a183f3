"""The relations that have no lines of their own: they follow from organisms, accounts and consents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authz.loaded import unclear
from authz.names import groups_of, kind_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from authz.facts import ConsentFact, Delta, Facts
    from authz.loaded import Link
    from authz.policy import Policy

    # Relation → links taken away, links added.
    LinkChanges = Mapping[str, tuple[Sequence[Link], Sequence[Link]]]


def derived_links(facts: Facts) -> dict[str, list[Link]]:
    """The links of g2, g3 and g4."""
    accounts: list[Link] = [
        (account.subject, account.organization) for account in facts.accounts if account.open
    ]
    kinds = [(organization.key, kind_name(organization.kind)) for organization in facts.organizations]
    return {
        "g2": [(organism.key, group) for organism in facts.organisms for group in groups_of(organism)],
        "g3": [*accounts, *kinds],
        "g4": [_consent(consent) for consent in facts.consents],
    }


def link_changes(old: Policy, delta: Delta) -> LinkChanges:
    """The links that a change takes away and adds.

    PolicyFault (POLICY_DELTA_UNCLEAR) when an organization becomes of another kind.
    """
    gone3, come3 = _members(old, delta)
    given = old.enforcement.consents.linked
    gone4 = [link for consent, yes in delta.consents if given(*(link := _consent(consent))) and not yes]
    come4 = [link for consent, yes in delta.consents if not given(*(link := _consent(consent))) and yes]
    before = [old.organisms.known[item.key] for item in delta.organisms if item.key in old.organisms.known]
    return {
        "g2": (
            [(item.key, group) for item in before for group in groups_of(item)],
            [(item.key, group) for item in delta.organisms for group in groups_of(item)],
        ),
        "g3": (gone3, come3),
        "g4": (gone4, come4),
    }


def _members(old: Policy, delta: Delta) -> tuple[list[Link], list[Link]]:
    come: list[Link] = []
    for organization in delta.organizations:
        known = old.organizations.get(organization.key)
        if known is None:
            come.append((organization.key, kind_name(organization.kind)))
        elif known.kind is not organization.kind:
            raise unclear("organization", organization.key)
    before = [old.accounts[item.subject] for item in delta.accounts if item.subject in old.accounts]
    gone: list[Link] = [(item.subject, item.organization) for item in before]
    come += [(item.subject, item.organization) for item in delta.accounts if item.open]
    return gone, come


def _consent(consent: ConsentFact) -> Link:
    return consent.organism, consent.partner, f"{consent.platform}/{consent.form}/{consent.year}"
