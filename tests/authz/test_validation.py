"""A line that is not exactly right stops the whole policy at the door, with its place and its field."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from authz import Line, Right, convention_line
from authz.facts import ConsentFact, OrganizationFact
from authz.faults import PolicyFault
from authz.lines import FIELDS
from authz.policy import Policy
from models import OrganizationKind
from tests.authz.sample import ESH, OPEN, OPH, facts, holds, policy

GOOD = {
    "p": (
        "partner:CDC", "MIN", "ER", "category:OPH", "dossier:read", "456",
        "2026-01-01", "2026-12-31", "yes", "*", "allow", "article 4",
    ),
    "p2": ("profile:entry", "MIN", "*", "dossier:read", "0123456", "deny", "profil"),
    "p3": ("kind:partner", "MIN", "*", "dossier:read", "456", "allow", "plafond"),
    "g": ("user:cdc", "profile:entry", "MIN/ER"),
}  # fmt: skip

WRONG = [
    ("p", "actor", ("partner:NOBODY", "kind:robot", "CDC", "", "profile:entry", "all")),
    ("p", "dom", ("", "*", "min", "PARIS")),
    ("p", "form", ("", "er", "E R", "ER/2024", "A" * 17)),
    (
        "p",
        "orgs",
        ("", "*", "category:ZZ", "department:", "department:75a", "list:none", "federated:XX", "@all"),
    ),
    ("p", "orgs", ("organism:999999999", "partner:CDC", "user:cdc")),
    ("p", "act", ("", "*", "dossier:erase", "DOSSIER:READ", "dossier:read ")),
    ("p", "steps", ("", "7", "44", "4,5", "*", "-1", "４")),
    ("p", "since", ("", "2026-13-01", "01/01/2026", "20260101", "2026-01-01T00:00", "2027-01-01")),
    ("p", "until", ("", "2025-12-31", "never", "2026-02-30")),
    ("p", "consent", ("", "No", "true", "maybe")),
    ("p", "tabs", ("", "a1", "A1,A2", "A1+", "A1++A2", "A1+A1", "*+A1", "A1 +A2", "A" * 17)),
    ("p", "eft", ("", "Allow", "alow", "deny ", "none")),
    ("p", "ref", ("", "a\nb", "x" * 301, "\x00")),
    ("p2", "sub", ("user:nobody", "partner:CDC", "kind:partner", "profile:", "profile:Entry")),
    ("p2", "sub", ("profile:a,b", "profile:none")),
    ("p2", "eft", ("refuse",)),
    ("p3", "kind", ("partner:CDC", "kind:", "user:cdc")),
    ("g", "sub", ("user:nobody", "profile:entry", "partner:CDC")),
    ("g", "profile", ("profile:unheard", "user:cdc", "entry")),
    ("g", "domain", ("MIN", "MIN/", "/ER", "*", "*/ER", "MIN/**", "MIN/ER/2024", "NONE/ER", "min/er")),
]
CASES = [(ptype, field, value) for ptype, field, values in WRONG for value in values]


def _with(ptype: str, field: str, value: str) -> Line:
    values = list(GOOD[ptype])
    values[FIELDS[ptype].index(field)] = value
    return Line(ptype, tuple(values), id=7)


def _lines(*changed: Line) -> list[Line]:
    return [*(Line(ptype, values) for ptype, values in GOOD.items()), *changed]


def test_good_lines_are_accepted() -> None:
    assert len(policy(_lines()).enforcement.lines("p")) == 1


@pytest.mark.parametrize(("ptype", "field", "value"), CASES, ids=repr)
def test_a_wrong_value_is_refused_with_its_place(ptype: str, field: str, value: str) -> None:
    with pytest.raises(PolicyFault) as caught:
        policy(_lines(_with(ptype, field, value)))
    assert caught.value.code == "POLICY_LINE_INVALID"
    # A pair of dates in the wrong order is the fault of the second.
    expected = "until" if (field, value) == ("since", "2027-01-01") else field
    assert caught.value.path == ("#7", expected)


@pytest.mark.parametrize("ptype", ["", "p1", "p4", "g2", "g3", "g4", "P", "e", "p,p"])
def test_a_type_that_casbin_would_drop_in_silence_is_refused(ptype: str) -> None:
    with pytest.raises(PolicyFault) as caught:
        policy(_lines(Line(ptype, GOOD["p"])))
    assert caught.value.path == ("4", "ptype")


@pytest.mark.parametrize("ptype", list(GOOD))
def test_a_line_too_short_or_too_long_is_refused(ptype: str) -> None:
    for values in (GOOD[ptype][:-1], (*GOOD[ptype], "x"), ()):
        with pytest.raises(PolicyFault) as caught:
            policy(_lines(Line(ptype, values)))
        assert caught.value.path == ("4", "values")


def test_a_refusal_is_of_the_whole_dossier() -> None:
    limited = _with("p", "tabs", "A1+A2")
    assert policy(_lines(limited)).version == 1
    denied = Line("p", (*limited.values[:-2], "deny", "x"), id=7)
    with pytest.raises(PolicyFault) as caught:
        policy(_lines(denied))
    assert caught.value.path == ("#7", "tabs")


def test_the_lines_of_a_closed_account_stay_readable() -> None:
    assert "user:gone" not in OPEN
    assert policy([*_lines(), holds("user:gone", "entry")]).version == 1


@pytest.mark.parametrize("key", ["kind:operator", "user:cdc", "all", "partner:", "operator:CDC", "@self"])
def test_an_organization_cannot_bear_another_kind_of_name(key: str) -> None:
    found = facts()
    posing = OrganizationFact(key, OrganizationKind.PARTNER, "Imposteur")
    with pytest.raises(PolicyFault) as caught:
        Policy(replace(found, organizations=(*found.organizations, posing)))
    assert caught.value.code == "NAME_AMBIGUOUS"


@pytest.mark.parametrize(
    "consent",
    [
        ConsentFact(OPH, "partner:CDC", "NONE", "ER", 2024),
        ConsentFact(OPH, "partner:CDC", "MIN", "ER/2024", 2024),
        ConsentFact(OPH, "partner:CDC", "MIN", "ER", 12024),
        ConsentFact(OPH, "partner:NOBODY", "MIN", "ER", 2024),
        ConsentFact("organism:999999999", "partner:CDC", "MIN", "ER", 2024),
    ],
)
def test_a_consent_that_names_nothing_known_is_refused(consent: ConsentFact) -> None:
    with pytest.raises(PolicyFault) as caught:
        policy((), [consent])
    assert caught.value.code == "CONSENT_INVALID"


def test_commas_and_quotes_pass_unharmed() -> None:
    ref = 'article 4, « b » ; l\'alinéa "2"'
    line = convention_line(
        actor="partner:CDC",
        platform="MIN",
        right=Right.READ,
        organisms=ESH,
        ref=ref,
        convention_id=UUID(int=1),
    )
    assert policy([line]).enforcement.lines("p")[0][-1] == ref
