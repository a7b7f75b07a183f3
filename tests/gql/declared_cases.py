"""One row or more for each field, mutation and route that declares a right: valid arguments, as data.

`$…` is what `tests/gql/declared_world.py` has made; `$$…` is a variable, for what is too long for a document.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from authz import Right
from tests.gql.declared import OPERATOR, PARTNER, Case
from tests.gql.declared_attachments import ATTACHMENTS
from tests.gql.declared_campaigns import campaign_cases
from tests.gql.declared_copies import COPIES
from tests.gql.declared_exchange import EXCHANGE
from tests.gql.declared_kept import KEPT
from tests.gql.declared_life import CYCLE, LIFE, MOVES, STEERING
from tests.gql.declared_packs import PACKS

_CONVENTION = """{platform: "MIN", partner: "partner:ANCOLS", title: "Essai", purpose: "Objet.",
  since: "$today", until: "$later", articles: [{number: "1", forms: ["ER"], groups: ["category:OPH"],
  grants: [{right: "dossier:read", steps: [4]}]}]}"""
_LINE = """[{ptype: "p", values: ["partner:ANCOLS", "MIN", "*", "all", "dossier:read", "5", "1900-01-01",
  "9999-12-31", "no", "*", "allow", "essai"]}]"""
_PERSON = '{firstName: "Ana", lastName: "Roux", email: "ana@example.org", phone: "0140000001"}'
_LOGIN = f'login: "ana.$n", password: "$strong", passwordAgain: "$strong", account: {_PERSON}'
_WRITES = '[{cell: "A1.L011.B", value: "7", was: "$seen"}]'
_ON = 'dossier: "$dossier"'
_RESULT = "{ written refused { code } conflicts { cell } }"

READING = [
    Case("Query.dossiers", "dossiers { totalCount edges { node { id } } }", refused="EMPTY"),
    Case("Query.suggestOrganisms", 'suggestOrganisms(search: "habitat") { name }', refused="EMPTY"),
    Case("Query.suggestUsers", 'suggestUsers(search: "essai") { lastName }', refused="EMPTY"),
    # Nobody follows a dossier there.
    Case("Query.followers", "followers(role: OFFICER) { name }", refused="EMPTY", passes="EMPTY"),
    Case("Query.dossier", 'dossier(id: "$dossier") { id }', refused="NOT_FOUND"),
    Case(
        "Query.cellHistory",
        f'cellHistory({_ON}, cell: "A1.L011.B") {{ edges {{ node {{ after }} }} }}',
        refused="NOT_FOUND",
    ),
    Case("Query.export", 'export(id: "$export") { state }'),
    Case("Query.exports", "exports { edges { node { id } } }", refused="EMPTY"),
    Case("Export.dossier", 'export(id: "$export") { dossier { id } }', refused="NOT_FOUND"),
    Case(
        "Query.consentList",
        'consentList(platform: "MIN", form: "ER", year: 2024) { totalCount }',
        place=PARTNER,
    ),
    *(
        Case(f"/dossiers.{suffix}", f"/dossiers.{suffix}", refused="EMPTY")
        for suffix in ("csv", "xml", "xlsx", "html")
    ),
    Case("/consents.xlsx", "/consents.xlsx?platform=MIN&form=ER&year=2024", place=PARTNER),
    Case("/exports/{id}/file", "/exports/$export/file"),
    *(
        Case(f"/mass-exports/{{id}}/{end}", f"/mass-exports/$mass/{end}", refused="MASS_EXPORT_CLOSED")
        for end in ("file", "manifeste.csv")
    ),
    Case(
        "Mutation.requestMassExport",
        'requestMassExport(kind: PDF, dossiers: ["$dossier"], tabs: ["A1"], idempotencyKey: "m") { id }',
    ),
    Case("/dossiers/{id}/export.xlsx", "/dossiers/$dossier/export.xlsx?tabs=A1"),
    Case("/dossiers/{id}/export.xml", "/dossiers/$dossier/export.xml?tabs=A1"),
    Case("/dossiers/{id}/tabs/{tab}.csv", "/dossiers/$dossier/tabs/F01.csv"),
    Case("Mutation.requestPrint", f'requestPrint({_ON}, tabs: ["A1"], idempotencyKey: "p") {{ id }}'),
    Case("Mutation.requestExport", f'requestExport({_ON}, idempotencyKey: "z") {{ id }}'),
]
WRITING = [
    Case("Query.dryRun", f"dryRun({_ON}, writes: {_WRITES}) {{ changed }}"),
    Case("Mutation.writeCells", f"writeCells({_ON}, writes: {_WRITES}) {_RESULT}"),
    Case(
        "Mutation.writeRows",
        f'writeRows({_ON}, tab: "F01", changes: [{{action: ADD, values: {{C10: "5"}}}}]) {_RESULT}',
    ),
    # No form in force has a group: who may write is told so, and nobody else.
    Case(
        "Mutation.writeGroup",
        f'writeGroup({_ON}, group: "ENFANT", changes: [{{action: ADD}}]) {_RESULT}',
        passes="GROUP_UNKNOWN",
    ),
    Case(
        "Mutation.acceptSuggestions",
        f'acceptSuggestions({_ON}, tab: "A1", idempotencyKey: "a") {_RESULT}',
    ),
    Case("Mutation.undoBatch", f'undoBatch({_ON}, batch: "$batch", idempotencyKey: "u") {_RESULT}'),
    Case(
        "Mutation.copyCommonCore",
        f'copyCommonCore({_ON}, copy: {{divergences: [], direction: FROM_OTHER}}, idempotencyKey: "c")'
        f" {_RESULT}",
    ),
    Case("Mutation.importXml", f"importXml({_ON}, xml: $$xml, dryRun: true) {{ read }}"),
    Case("Mutation.importSpreadsheet", f"importSpreadsheet({_ON}, file: $$sheet, dryRun: true) {{ read }}"),
    Case("Mutation.importRows", f'importRows({_ON}, tab: "F01", csv: $$rows, dryRun: true) {{ read }}'),
]
# At its own steps an organism writes; in review it corrects what is handed back to it.
WRITES = [
    *(replace(case, rights=frozenset({Right.WRITE})) for case in WRITING),
    *(replace(case, rights=frozenset({Right.CORRECT}), step=4, handed_back=True) for case in WRITING),
]
_ACTING = frozenset(
    {Right.WRITE, Right.VALIDATE, Right.VALIDATE_HIERARCHICAL, Right.TRANSMIT, Right.FINALISE}
)
_CHECKING = [
    Case("Mutation.verifyDossier", f"verifyDossier({_ON}) {{ at }}"),
    Case(
        "Mutation.justifyAnomaly",
        f'justifyAnomaly({_ON}, check: "$check", text: "Vu.") {{ at }}',
        machine=("", "PERSON_REQUIRED"),
    ),
]
_CORRECTING = _ACTING - {Right.WRITE} | {Right.CORRECT}
CHECKING = [
    *(replace(case, rights=_ACTING) for case in _CHECKING),
    *(replace(case, rights=_CORRECTING, step=4, handed_back=True) for case in _CHECKING),
]
_CLOSED, _PERSON_REQUIRED = "POLICY_DESK_UNKNOWN", "PERSON_REQUIRED"
_HIDDEN = ("NOT_FOUND", "NOT_FOUND")
_asked = partial(Case, place=OPERATOR, refused=_CLOSED)
_desk = partial(_asked, machine=("", _PERSON_REQUIRED))


def _edited(name: str, arguments: str, selection: str = " { id }") -> Case:
    """What is done with a convention that there is; systems are shown none."""
    text = f"{name}({arguments}){selection}"
    return Case(f"Mutation.{name}", text, place=OPERATOR, machine=_HIDDEN)


CONVENTIONS = [
    Case(
        "Mutation.giveConsents",
        'giveConsents(consents: [{platform: "MIN", partner: "partner:CDC", form: "ER", year: 2024,'
        " given: false, was: GIVEN}]) { answer }",
    ),
    _desk(
        "Query.conventionChoices",
        'conventionChoices(platform: "MIN") { forms }',
    ),
    _desk(
        "ConventionChoices.tabs",
        'conventionChoices(platform: "MIN") { tabs(form: "ER") { code } }',
    ),
    _desk(
        "ConventionChoices.organisms",
        'conventionChoices(platform: "MIN") { organisms(search: "essai", first: 5) { name } }',
    ),
    _desk(
        "Query.simulateConvention",
        f"simulateConvention(convention: {_CONVENTION}) {{ sentence }}",
    ),
    _desk(
        "Mutation.createConvention",
        f'createConvention(convention: {_CONVENTION}, idempotencyKey: "k") {{ id }}',
    ),
    *(
        Case(f"Query.{name}", f"{name}({arguments}) {{ sentence }}", place=OPERATOR, machine=_HIDDEN)
        for name, arguments in (
            ("simulateSuspension", 'id: "$living", since: "$today"'),
            ("simulateResumption", 'id: "$paused"'),
            ("simulateEnd", 'id: "$living", on: "$today"'),
        )
    ),
    _edited("updateConvention", f'id: "$draft", convention: {_CONVENTION}, revision: $draft_at'),
    _edited("publishConvention", 'id: "$draft", revision: $draft_at'),
    _edited("suspendConvention", 'id: "$living", since: "$today", reason: "Motif.", revision: $living_at'),
    _edited("resumeConvention", 'id: "$paused", revision: $paused_at'),
    _edited("endConvention", 'id: "$living", on: "$today", reason: "Motif.", revision: $living_at'),
    _edited(
        "renewConvention",
        'id: "$living", since: "$later", until: "$latest", title: "Suite", idempotencyKey: "k"',
    ),
    _edited("attachSignedText", 'id: "$living", name: "a.pdf", content: "$pdf", revision: $living_at'),
    _edited("deleteConvention", 'id: "$draft", revision: $draft_at', ""),
]
_managed = partial(Case, refused="NOT_FOUND", machine=_HIDDEN)
PEOPLE = [
    Case(
        "Query.profile",
        'profile(name: "profile:entry", platform: "MIN", form: "ER") { name }',
        refused="NOT_FOUND",
    ),
    Case(
        "Mutation.updateOrganization",
        'updateOrganization(id: "$body", name: "Essai", shortName: "E", address: "", phone: "", email: "",'
        " version: $body_version) { id }",
        machine=("", "REFUSED"),
    ),
    Case(
        "Mutation.createUser",
        f'createUser(organization: "$body", {_LOGIN}, idempotencyKey: "k") {{ id }}',
        machine=("", "REFUSED"),
    ),
    _managed(
        "Mutation.duplicateUser",
        f'duplicateUser(user: "$user", {_LOGIN}, idempotencyKey: "k") {{ id }}',
    ),
    _managed(
        "Mutation.updateUser",
        f'updateUser(user: "$user", account: {_PERSON}, version: $user_version) {{ id }}',
    ),
    _managed(
        "Mutation.setFormRights",
        'setFormRights(user: "$user", rights: [{platform: "MIN", form: "ER", contact: false, boxes: [],'
        ' profile: "profile:entry"}], version: $user_version) { id }',
    ),
    _managed(
        "Mutation.reopenUser",
        'reopenUser(user: "$closed", password: "$strong", passwordAgain: "$strong",'
        " version: $closed_version) { id }",
    ),
    _managed("Mutation.closeUser", 'closeUser(user: "$user", version: $user_version) { id }'),
]
_NAMED = 'platform: "MIN"'
_WHY = 'comment: "Essai.", idempotencyKey: "k"'
_SENTENCE = """sentence: "Jamais.", actor: "partner:ANCOLS", right: "dossier:write", form: "*",
  organisms: "all", steps: "0", expected: false"""
_signed = partial(
    Case, place=OPERATOR, refused="POLICY_PROPOSAL_UNKNOWN", machine=("", "POLICY_OWN_PROPOSAL")
)
_withdrawn = partial(_signed, machine=("", "POLICY_NOT_ONES_PROPOSAL"))
POLICY = [
    _asked("Query.policyDesk", f"policyDesk({_NAMED}) {{ version }}"),
    _asked(
        "Query.simulatePolicyChange",
        f"simulatePolicyChange({_NAMED}, add: {_LINE}, close: [], baseVersion: $version) {{ sentence }}",
    ),
    _asked(
        "Query.simulateProfile",
        f'simulateProfile({_NAMED}, profile: "profile:officer", boxes: [], baseVersion: $version)'
        " { sentence }",
    ),
    _asked("Query.simulateRollback", f"simulateRollback({_NAMED}, to: $before) {{ sentence }}"),
    _asked(
        "Query.policyDifference",
        f"policyDifference({_NAMED}, from: $before, to: $version) {{ __typename }}",
    ),
    _asked("Query.readPolicyCsv", f"readPolicyCsv({_NAMED}, csv: $$csv) {{ __typename }}"),
    _asked("/policy.csv", "/policy.csv?platform=MIN"),
    _desk(
        "Mutation.changePolicy",
        f"changePolicy({_NAMED}, add: {_LINE}, close: [], baseVersion: $version, {_WHY}) {{ version }}",
    ),
    _desk(
        "Mutation.setProfile",
        f'setProfile({_NAMED}, profile: "profile:officer", boxes: [{{right: "dossier:read", steps: [4]}}],'
        f" baseVersion: $version, {_WHY}) {{ version }}",
    ),
    _desk("Mutation.rollbackPolicy", f"rollbackPolicy({_NAMED}, to: $before, {_WHY}) {{ version }}"),
    Case(
        "Query.policyProposal",
        'policyProposal(id: "$proposal") { state }',
        place=OPERATOR,
        refused="POLICY_PROPOSAL_UNKNOWN",
    ),
    _signed("Mutation.signProposal", 'signProposal(id: "$proposal") { state }'),
    _signed("Mutation.refuseProposal", 'refuseProposal(id: "$proposal", reason: "Non.") { state }'),
    _withdrawn("Mutation.withdrawProposal", 'withdrawProposal(id: "$own") { state }'),
    _desk(
        "Mutation.setSecondSignature",
        f"setSecondSignature({_NAMED}, required: true) {{ version }}",
    ),
    _desk("Mutation.savePolicyTest", f"savePolicyTest({_NAMED}, {_SENTENCE}) {{ id }}"),
    Case(
        "Mutation.deletePolicyTest",
        'deletePolicyTest(id: "$test")',
        place=OPERATOR,
        refused="POLICY_TEST_UNKNOWN",
        machine=("", _PERSON_REQUIRED),
    ),
]
CASES = (
    *campaign_cases(MOVES),
    *READING,
    *ATTACHMENTS,
    *COPIES,
    *WRITES,
    *CHECKING,
    *CYCLE,
    *LIFE,
    *EXCHANGE,
    *KEPT,
    *CONVENTIONS,
    *PACKS,
    *PEOPLE,
    *POLICY,
    *STEERING,
)
