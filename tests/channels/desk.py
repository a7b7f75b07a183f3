"""What is asked of conventions, of consents and of the rules' desk, and by whom."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from typing import TYPE_CHECKING

from authz import Right
from tests.channels.asked import Question, agent, bound, desk, edits, fetch, known, only, query, sent
from tests.channels.asking import EMPTY, Answer, Fetched
from tests.channels.oracle import FORM, OURS, YEAR
from tests.channels.things import COMMENT, SENTENCE, TITLE

if TYPE_CHECKING:
    from tests.channels.oracle import Asker
    from tests.channels.setting import Setting

SOON = date.today() + timedelta(days=5)  # noqa: DTZ011 - the day of Paris or the one beside it
CONVENTION = """{ id title purpose articles { number text grants { right } tabs { form tabs } }
 signed { name } renews { id } waitingProposal history { event author }
 contradictions { sentence } reach { dossiers } }"""
IMPACT = "{ sentence gained lost rows { organization { name } } added { text } findings { sentence } }"
DESK = """{ version lines(first: 5) { totalCount edges { node { text } } } findings { sentence }
 tests { id sentence } versions(first: 3) { edges { node { comment } } } profiles { rows { label } }
 proposals(first: 5) { id comment added { text } closed { text } signable refusal refusable withdrawable }
 actors(search: "onglets", first: 5) { name } }"""
GIVEN = f"""{{ platform: "MIN", partner: "partner:ONGLETS", title: "Autre", purpose: "", since: "{SOON}",
 until: "{SOON}", articles: [{{ number: "1", forms: ["{FORM}"], included: ["organism:{OURS}"],
 grants: [{{ right: "dossier:read", steps: [4] }}] }}] }}"""
# The same, of a platform that is asked for.
ANYWHERE = GIVEN.replace('"MIN"', "$id")
LINE = f"""{{ptype: "p", values: ["partner:ONGLETS", $id, "{FORM}", "all", "dossier:read", "4",
 "{SOON}", "{SOON}", "no", "*", "allow", "essai"]}}"""
TEST = (
    'actor: "partner:ONGLETS", right: "dossier:read", form: "ER", organisms: "all", steps: "0",'
    " expected: false"
)
_BASE = 'baseVersion: 1, comment: "Essai", idempotencyKey: "d"'


def _lists(asker: Asker) -> str:
    """The partner's list of consents: his own, where he may read the form."""
    if asker.kind != "partner":
        return "CONSENT_LIST_PARTNER"
    unticked = not asker.profile or asker.lost_box is Right.READ
    if unticked or (asker.token is not None and Right.READ not in asker.token):
        return "REFUSED"
    return "OK" if asker.name == "onglets" else EMPTY


class _Sheet(Fetched):
    """The same list as a workbook, whose texts are compressed."""

    async def __call__(self, setting: Setting, asker: Asker, target: object) -> Answer:
        """Fetch it, and look for the organism."""
        found = await super().__call__(setting, asker, target)
        if found.code != "OK":
            return found
        with zipfile.ZipFile(io.BytesIO(found.told[found.told.index(b"PK\x03\x04") :])) as book:
            told = b"".join(book.read(name) for name in sorted(book.namelist()) if "docProps" not in name)
        return Answer("OK" if OURS.encode() in told else EMPTY, told)


# An empty list tells a partner of a platform where he has boxes, thus of one that he knows.
_OWN = frozenset({"CONSENT_LIST_PARTNER", "REFUSED"})
_PLATFORM = 'platform: $id, form: "ER", year: 2024'
CONVENTIONS = (
    query("conventions", "platform", "platform: $id", "{ edges { node { id title } } }", only(bound, EMPTY)),
    query("convention", "convention", "id: $id", CONVENTION, only(bound)),
    query("convention", "draft", "id: $id", CONVENTION, only(agent)),
    fetch("/conventions/{id}/annex.pdf", "convention", only(bound)),
    fetch("/conventions/{id}/signed.pdf", "convention", only(bound)),
    query(
        "conventionChoices",
        "platform",
        "platform: $id",
        '{ partners { name } tabs(form: "ER") { code } organisms(search: "essai", first: 5) { name } }',
        desk(),
    ),
    query("simulateConvention", "platform", f"convention: {ANYWHERE}", IMPACT, desk()),
    query("simulateConvention", "convention", f"id: $id, convention: {GIVEN}", IMPACT, desk()),
    query("simulateSuspension", "convention", f'id: $id, since: "{SOON}"', IMPACT, known(edits, bound)),
    query(
        "simulateResumption", "convention", "id: $id", IMPACT, known(edits, bound, "CONVENTION_NOT_SUSPENDED")
    ),
    query("simulateEnd", "convention", f'id: $id, on: "{SOON}"', IMPACT, known(edits, bound)),
    sent("createConvention", "platform", f'convention: {ANYWHERE}, idempotencyKey: "c"', CONVENTION, desk()),
    sent(
        "updateConvention",
        "convention",
        f"id: $id, convention: {GIVEN}, revision: 0",
        CONVENTION,
        known(edits, bound, "CONVENTION_STALE"),
    ),
    sent("publishConvention", "draft", "id: $id, revision: 1", CONVENTION, known(edits, agent)),
    sent(
        "suspendConvention",
        "convention",
        f'id: $id, since: "{SOON}", reason: "R", revision: 3',
        CONVENTION,
        known(edits, bound),
    ),
    sent(
        "resumeConvention",
        "convention",
        "id: $id, revision: 3",
        CONVENTION,
        known(edits, bound, "CONVENTION_NOT_SUSPENDED"),
    ),
    sent(
        "endConvention",
        "convention",
        f'id: $id, on: "{SOON}", reason: "R", revision: 3',
        CONVENTION,
        known(edits, bound),
    ),
    sent(
        "renewConvention",
        "convention",
        f'id: $id, since: "{SOON}", until: "{SOON}", title: "Suite", idempotencyKey: "r"',
        CONVENTION,
        known(edits, bound),
    ),
    sent("deleteConvention", "draft", "id: $id, revision: 1", "", known(edits, agent)),
    sent(
        "attachSignedText",
        "convention",
        'id: $id, name: "n.pdf", content: "AAAA", revision: 3',
        CONVENTION,
        known(edits, bound, "SIGNED_TEXT_NOT_PDF"),
    ),
    query(
        "consents",
        "",
        "",
        "{ partner { name } article convention }",
        only(lambda asker: asker.place == "ours", EMPTY),
    ),
    query(
        "readings",
        "",
        "",
        "{ edges { node { name organization { name } dossier } } }",
        only(lambda asker: asker.place == "ours" and asker.may(Right.READ, 4), EMPTY),
    ),
    query(
        "readersToday",
        "",
        'form: "ER", year: 2024',
        "{ subject name organization { name } ref }",
        only(lambda asker: asker.place == "ours", EMPTY),
    ),
    query(
        "consentList", "platform", _PLATFORM, "{ totalCount edges { node { siren answer } } }", _lists, _OWN
    ),
    Question(
        "/consents.xlsx", "platform", _Sheet("/consents.xlsx?form=ER&year=2024&platform={id}"), _lists, _OWN
    ),
    sent(
        "giveConsents",
        "body",
        f'consents: [{{platform: "MIN", partner: $id, form: "{FORM}", year: {YEAR}, given: true,'
        " was: REFUSED}]",
        "{ answer }",
        only(
            lambda asker: asker.may(Right.CONSENT_GIVE, 4) and asker.place == "ours",
            "REFUSED",
            "CONSENT_CONFLICT",
        ),
        frozenset({"REFUSED"}),
    ),
)
DESKS = (
    fetch("/policy.csv?platform={id}", "platform", desk()),
    query("policyDesk", "platform", "platform: $id", DESK, desk()),
    query(
        "simulatePolicyChange",
        "platform",
        f"platform: $id, add: [{LINE}], close: [], baseVersion: $base",
        IMPACT,
        desk(),
    ),
    query(
        "simulateProfile",
        "platform",
        'platform: $id, profile: "profile:nul", boxes: [], baseVersion: $base',
        IMPACT,
        desk("POLICY_PROFILE_UNKNOWN"),
    ),
    query("simulateRollback", "platform", "platform: $id, to: 0", IMPACT, desk("POLICY_VERSION_UNKNOWN")),
    query(
        "policyDifference", "platform", "platform: $id, from: 1, to: 2", "{ sentence added { text } }", desk()
    ),
    query(
        "readPolicyCsv",
        "platform",
        'platform: $id, csv: "p, x"',
        "{ faults { sentence } impact { sentence } }",
        desk(),
    ),
    sent(
        "changePolicy",
        "platform",
        f"platform: $id, add: [], close: [], {_BASE}",
        "{ version proposal { id } }",
        desk("POLICY_NOTHING_CHANGED"),
    ),
    sent(
        "setProfile",
        "platform",
        f'platform: $id, profile: "profile:nul", boxes: [], {_BASE}',
        "{ version }",
        desk("POLICY_PROFILE_UNKNOWN"),
    ),
    sent(
        "rollbackPolicy",
        "platform",
        'platform: $id, to: 0, comment: "Essai", idempotencyKey: "d"',
        "{ version }",
        desk("POLICY_VERSION_UNKNOWN"),
    ),
    sent("setSecondSignature", "platform", "platform: $id, required: false", "{ version }", desk()),
    sent("savePolicyTest", "platform", f'platform: $id, sentence: "Jamais", {TEST}', "{ id }", desk()),
    sent(
        "savePolicyTest",
        "sentence",
        f'platform: "MIN", id: $id, sentence: "Jamais", {TEST}',
        "{ id }",
        desk(),
    ),
    sent("deletePolicyTest", "sentence", "id: $id", "", only(edits, "POLICY_TEST_UNKNOWN")),
    query("policyProposal", "proposal", "id: $id", "{ comment }", only(edits, "POLICY_PROPOSAL_UNKNOWN")),
    sent(
        "signProposal",
        "proposal",
        "id: $id",
        "{ id impact { sentence } }",
        only(edits, "POLICY_PROPOSAL_UNKNOWN", "POLICY_OWN_PROPOSAL"),
    ),
    sent(
        "refuseProposal",
        "proposal",
        'id: $id, reason: "Non"',
        "{ id }",
        only(edits, "POLICY_PROPOSAL_UNKNOWN", "POLICY_OWN_PROPOSAL"),
    ),
    sent(
        "withdrawProposal",
        "proposal",
        "id: $id",
        "{ id impact { sentence } }",
        only(edits, "POLICY_PROPOSAL_UNKNOWN"),
    ),
)
# What none but their readers are told.
KEPT = tuple(text.encode() for text in (TITLE, SENTENCE, COMMENT))
