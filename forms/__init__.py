"""What a dossier is made of: packs, their language, evaluation, checks, life cycles.

Pure: the standard library in, values out; no await, no database. See docs/packs.md.
"""

from forms.address import split_key, with_key
from forms.aspect import Aspect
from forms.canonical import canonical
from forms.case import case_data, evaluate_case
from forms.catalogue import load_pack, publish
from forms.checks import Anomaly, verify
from forms.circuit import (
    Act,
    Answer,
    Circuit,
    Hindrance,
    Outcome,
    Progress,
    Standing,
    Visa,
    VisaNature,
    asked_for,
    progress,
)
from forms.compare import Change, PackDifference, compare_packs
from forms.cycle import TRANSMIT, TRANSMITTING, Cycle, Move, Step, StepDef, Substep
from forms.data import Data, Evaluation, Row
from forms.display import format_count, format_value
from forms.entries import read_entry, read_row_entry
from forms.errors import EntryError, PackError, Place
from forms.evaluate import evaluate
from forms.finding import Finding
from forms.key import PackKey, list_packs, pack_texts
from forms.lint import lint
from forms.luhn import is_luhn
from forms.pack import Pack, read_pack, read_pack_texts
from forms.pack_tests import CaseDifference, CaseOutcome, run_pack_tests
from forms.script import script
from forms.sheets import Sheets, files_from_sheet, sheet_rows
from forms.structure import (
    Attachment,
    Cell,
    Check,
    Column,
    CommonTerm,
    FormFunction,
    Group,
    Line,
    Parameter,
    Part,
    Selection,
    Tab,
)
from forms.units import is_text
from forms.words import Blanks, Kind, Nature, OrganismKind, Severity

__all__ = [
    "TRANSMIT",
    "TRANSMITTING",
    "Act",
    "Anomaly",
    "Answer",
    "Aspect",
    "Attachment",
    "Blanks",
    "CaseDifference",
    "CaseOutcome",
    "Cell",
    "Change",
    "Check",
    "Circuit",
    "Column",
    "CommonTerm",
    "Cycle",
    "Data",
    "EntryError",
    "Evaluation",
    "Finding",
    "FormFunction",
    "Group",
    "Hindrance",
    "Kind",
    "Line",
    "Move",
    "Nature",
    "OrganismKind",
    "Outcome",
    "Pack",
    "PackDifference",
    "PackError",
    "PackKey",
    "Parameter",
    "Part",
    "Place",
    "Progress",
    "Row",
    "Selection",
    "Severity",
    "Sheets",
    "Standing",
    "Step",
    "StepDef",
    "Substep",
    "Tab",
    "Visa",
    "VisaNature",
    "asked_for",
    "canonical",
    "case_data",
    "compare_packs",
    "evaluate",
    "evaluate_case",
    "files_from_sheet",
    "format_count",
    "format_value",
    "is_luhn",
    "is_text",
    "lint",
    "list_packs",
    "load_pack",
    "pack_texts",
    "progress",
    "publish",
    "read_entry",
    "read_pack",
    "read_pack_texts",
    "read_row_entry",
    "run_pack_tests",
    "script",
    "sheet_rows",
    "split_key",
    "verify",
    "with_key",
]
