"""Every way by which something of a dossier leaves it or changes it, and by which function."""

from __future__ import annotations

from authz import Right
from tests.channels.asking import (
    ABSENT,
    ACTING,
    NONE,
    Channel,
    Operation,
    child,
    http,
    listed,
    sent,
)
from tests.channels.attaching import ATTACHING
from tests.channels.copied import COPIES
from tests.channels.exchanges import EXCHANGES
from tests.channels.exported import WAITING, Exports, Job, OwnFile, export_of
from tests.channels.kept import KEPT
from tests.channels.listing import LISTS
from tests.channels.massed import MASSES
from tests.channels.oracle import FORM, OURS, YEAR, Asker
from tests.world import PASSWORD

# One move a step, the first that leaves it: what it is called, and the function that makes it.
MOVES = (
    ("initialise", Right.INITIALISE),
    ("submit_entry", Right.WRITE),
    ("validate_entry", Right.VALIDATE),
    ("return_to_validation", Right.VALIDATE_HIERARCHICAL),
    ("finalise", Right.FINALISE),
    ("close", Right.CLOSE),
    ("reopen_from_closure", Right.REOPEN),
)


def _explained(asker: Asker, step: int) -> str:
    """Why is told of what one may know of: his organism's, what he reads, what he makes the rules of."""
    own = asker.place == "ours" or (asker.place == "MIN" and asker.may(Right.POLICY_EDIT, step))
    return "OK" if own or asker.may(Right.READ, step) else "NOT_FOUND"


def _named(asker: Asker, step: int) -> str:
    """Who reads is told to the organism and to those who make the rules, never to another reader."""
    if asker.place == "ours" or (asker.place == "MIN" and asker.may(Right.POLICY_EDIT, step)):
        return "OK"
    return "REFUSED" if asker.may(Right.READ, step) else "NOT_FOUND"


def _visa(asker: Asker, step: int) -> str:
    """No form of the world has a circuit: a person who reads the dossier is told so, and nobody else."""
    if asker.machine:
        return "PERSON_REQUIRED"
    return "VISA_UNKNOWN" if not asker.closed and asker.may(Right.READ, step) else "NOT_FOUND"


def _advance(number: int) -> Channel:
    move, right = MOVES[number]
    text = (
        "mutation Move($id: ID!, $move: String!) {"
        ' advanceDossier(dossier: $id, move: $move, reason: "Motif.", idempotencyKey: "m", contacts: [{role:'
        ' DECLARANT, name: "Ana Roux", email: "ana@example.org"}]) { id step } }'
    )
    ask = Operation(text, "advanceDossier", move=lambda *_: move)
    return Channel(f"advanceDossier.{move}", "life", ask, needs=(right,), step=number)


def _moved(name: str, arguments: str, right: Right, passes: str = "OK") -> Channel:
    """Something done with a dossier that its step opens by a right alone."""
    text = f'mutation Move($id: ID!) {{ {name}({arguments}, idempotencyKey: "k") {{ id }} }}'
    return Channel(name, "life", Operation(text, name), needs=(right,), passes=passes)


_RESULT = "written refused { code } conflicts { cell }"
_KEY = 'idempotencyKey: "k"'
A1 = ("A1",)
_VERIFIED = (
    "verification { at minor anomalies { check explanation gap gapDisplay justification"
    " proposedJustification } }"
)
_MARK = f'search: "{OURS}"'
CHANNELS: tuple[Channel, ...] = (
    *EXCHANGES,
    *COPIES,
    *ATTACHING,
    *KEPT,
    child("card", "form year version step stepLabel organism { name siren } platform { name } packUrl"),
    child("circuit", "circuit { label visas { code acts { author } } } visaActs { author reason }"),
    child("tab", 'tab(code: "A1") { values forced version }', tabs=A1),
    child("tabs", 'tabs(codes: ["A1", "F01"]) { values }', tabs=("A1", "F01")),
    child("cells", 'tab(code: "A1") { cells { id } editable }', tabs=A1),
    child("rows", 'tab(code: "F01") { rows { key values } }', tabs=("F01",)),
    child("suggestions", 'tab(code: "A1") { suggestions { cell previous } }', tabs=A1),
    child("suggestionCount", 'suggestionCount(tab: "A1")', tabs=A1),
    child("commonCore", "commonCore { other { id } divergences { id here there } }"),
    child("anomalies", _VERIFIED),
    child("history", "history { move author reason }"),
    child("transmission", "transmission { author dataHash }"),
    child(
        "life",
        "handedBackAt substep { code } substeps { code } contacts { name email } suggestedContacts { name }"
        " handBacks { reason handedBy } reopeningRequest { reason askedBy answer }",
    ),
    child("formulaData", "formulaData { version cells rows previous }"),
    child("rights", "rights moves { name allowed refusal }"),
    child("contents", "parts { code } groups { keys } scriptUrl"),
    Channel(
        "cellHistory",
        "dossier",
        Operation(
            'query Past($id: ID!) { cellHistory(dossier: $id, cell: "A1.L011.B")'
            " { edges { node { after } } } }",
            "cellHistory",
        ),
        tabs=A1,
    ),
    Channel(
        "explainAccess",
        "why",
        Operation(
            'query Why($id: ID!) { explainAccess(dossier: $id, right: "dossier:write")'
            " { allowed sentence layers { sentence } nearMisses { sentence } } }",
            "explainAccess",
        ),
        world=_explained,
    ),
    Channel(
        "whoCanSee",
        "why",
        Operation(
            "query Who($id: ID!) { whoCanSee(dossier: $id) { organization { name } refs } }", "whoCanSee"
        ),
        world=_named,
    ),
    listed("dossiers", ""),
    listed("dossiers.criteria", f', criteria: {{ form: "{FORM}", year: {YEAR} }}'),
    listed("dossiers.search", f", criteria: {{ {_MARK} }}"),
    *LISTS,
    listed("dossiers.place", ', criteria: { department: "34", category: OPH }'),
    Channel(
        "export.own",
        "export",
        Operation(
            "query Own($own: ID!) { export(id: $own) { state downloadUrl dossier { id } } }",
            "export",
            own=export_of,
        ),
        needs=(Right.EXPORT,),
        unlinked=True,
        tabs=A1,
        withheld="NOT_FOUND",
    ),
    Channel(
        "exports",
        "export",
        Exports(),
        tabs=A1,
        withheld=WAITING,
        needs=(Right.EXPORT,),
        hidden=ABSENT,
        refused=ABSENT,
        closed=ABSENT,
        unlinked=True,
    ),
    sent("requestPrint", 'tabs: ["A1"], idempotencyKey: "p"', "id", needs=(Right.EXPORT,), tabs=A1),
    sent("requestExport", 'idempotencyKey: "z"', "id", needs=(Right.EXPORT,)),
    http("/dossiers/{id}/export.xlsx?tabs=A1", "A1"),
    http("/dossiers/{id}/export.xml?tabs=A1", "A1"),
    http("/dossiers/{id}/tabs/F01.csv", "F01"),
    Channel(
        "/exports/{id}/file",
        "file",
        OwnFile(),
        needs=(Right.EXPORT,),
        closed="ACCOUNT_CLOSED",
        unlinked=True,
        tabs=A1,
        withheld="NOT_FOUND",
    ),
    *MASSES,
    Channel("job", "job", Job(), needs=(Right.EXPORT,), closed="ACCOUNT_CLOSED", unlinked=True, tabs=A1),
    *(_advance(number) for number in range(7)),
    _moved("handBackDossier", 'dossier: $id, reason: "Motif."', Right.HAND_BACK),
    _moved("takeBackDossier", "dossier: $id", Right.HAND_BACK, passes="NOT_HANDED_BACK"),
    _moved("setSubstep", 'dossier: $id, substep: "relecture"', Right.HAND_BACK),
    # One waits for its answer already.
    _moved("askReopening", 'dossier: $id, reason: "Motif."', Right.ASK_REOPENING, passes="REOPENING_OPEN"),
    Channel(
        "answerReopening",
        "life",
        Operation(
            "mutation Answer($request: ID!) { answerReopening(request: $request, accepted: false,"
            ' answer: "Motif.", idempotencyKey: "r") { id } }',
            "answerReopening",
            request=lambda setting, _: str(setting.things["request"]),
        ),
        needs=(Right.REOPEN,),
        unlinked=True,
    ),
    Channel(
        "transmitDossier",
        "life",
        Operation(
            "mutation Go($id: ID!, $password: String!, $yes: [Boolean!]!) { transmitDossier(dossier: $id,"
            ' commitments: $yes, password: $password, idempotencyKey: "t", contacts: [{role: DECLARANT,'
            ' name: "Ana Roux", email: "ana@example.org"}]) { id } }',
            "transmitDossier",
            password=lambda *_: PASSWORD,
            yes=lambda setting, _: [True] * setting.commitments,
        ),
        closed="WRONG_PASSWORD",
        needs=(Right.TRANSMIT,),
        step=3,
    ),
    sent("giveVisa", f'visa: "AUCUN", answer: FAVOURABLE, {_KEY}', "id", world=_visa),
    Channel(
        "writeCells",
        "writing",
        Operation(
            "mutation Write($id: ID!, $seen: String) {"
            ' writeCells(dossier: $id, writes: [{cell: "A1.L011.B", value: "7", was: $seen}])'
            f" {{ {_RESULT} }} }}",
            "writeCells",
            seen=lambda setting, _: setting.seen,
        ),
        needs=(Right.WRITE,),
    ),
    sent("writeRows", 'tab: "F01", changes: [{action: ADD, values: {C10: "5"}}]', _RESULT),
    sent("writeGroup", 'group: "ENFANT", changes: [{action: ADD}]', _RESULT, passes="GROUP_UNKNOWN"),
    sent("acceptSuggestions", f'tab: "A1", {_KEY}', _RESULT),
    sent(
        "copyCommonCore",
        f"copy: {{divergences: [], direction: FROM_OTHER}}, {_KEY}",
        _RESULT,
        other=True,
    ),
    sent("undoBatch", f'batch: "{NONE}", {_KEY}', _RESULT, passes="BATCH_UNKNOWN"),
    sent("justifyAnomaly", 'check: "AUCUN", text: "Vu."', "at", needs=ACTING, passes="ANOMALY_UNKNOWN"),
    Channel(
        "verifyDossier",
        "writing",
        Operation("mutation Check($id: ID!) { verifyDossier(dossier: $id) { at } }", "verifyDossier"),
        needs=ACTING,
    ),
    Channel(
        "dryRun",
        "writing",
        Operation(
            'query Try($id: ID!) { dryRun(dossier: $id, writes: [{cell: "A2.L011.B", value: "1"}])'
            " { changed anomalies { check } } }",
            "dryRun",
        ),
        needs=(Right.WRITE,),
    ),
    Channel(
        "importXml",
        "writing",
        Operation(
            "mutation Load($id: ID!, $xml: String!) { importXml(dossier: $id, xml: $xml, dryRun: true)"
            " { read preview { cell } } }",
            "importXml",
            xml=lambda setting, _: setting.xml,
        ),
        needs=(Right.WRITE,),
    ),
    sent("importSpreadsheet", 'file: "é", dryRun: true', "read", passes="BASE64_MALFORMED"),
    sent("importRows", 'tab: "F01", csv: "é", dryRun: true', "read", passes="BASE64_MALFORMED"),
)
# What is asked by an identifier that others hold: no answer may tell that they do.
OTHERS = (
    Channel("export", "export", Operation("query Other($id: ID!) { export(id: $id) { state } }", "export")),
    http("/exports/{id}/file"),
)
GROUPS = tuple(dict.fromkeys(channel.group for channel in CHANNELS))
