"""What the author of a pack should look at again, whether or not the pack can be loaded."""

from __future__ import annotations

from pathlib import Path

from forms.binding import Binding, Formula, bind
from forms.draft import Draft, read_draft
from forms.errors import PackError
from forms.finding import Finding
from forms.key import PackKey, pack_texts
from forms.lint_checks import lint_checks
from forms.lint_comparisons import lint_comparisons
from forms.lint_equalities import lint_equalities
from forms.lint_formulas import lint_formulas
from forms.lint_hidden import lint_hidden
from forms.lint_sources import lint_sources
from forms.lint_tabs import lint_tabs
from forms.order import in_order
from forms.pack import Pack
from forms.texts import Texts, folder_texts


def lint(target: Pack | PackKey | str | Path | Texts) -> tuple[Finding, ...]:
    """The findings of a pack, of a key (`ER/2024`), of a folder or of texts, by file and line.

    FORMULA_UNREADABLE, REFERENCE_UNKNOWN and FORMULA_CYCLE keep a pack from being loaded, as does
    PACK_UNREADABLE, which hides all others. DIVISION_UNGUARDED, UNITS_MIXED, FORMULA_UNIT_DIFFERS,
    COMPARISON_IDLE, INPUT_MASKED, TOTAL_FORGETS_LINE, INPUT_UNUSED, CHECK_UNITS_DIFFER,
    CHECK_ON_HIDDEN_LINE, HIDDEN_REFERENCE, CHECK_DROPPED, CHECK_DISABLED, COMMON_UNKNOWN, COMMON_UNIT,
    YEARS_UNKNOWN, YEARS_FORGET, HELP_UNKNOWN, EQUALITIES_CLASH, EQUALITY_FORCES and EQUALITIES_TOO_MANY are
    advice. INPUT_UNUSED is kept back as long as a formula or a rule cannot be read.
    """
    if isinstance(target, Pack):
        return _findings(target.draft, target.binding)
    key = PackKey.parse(target) if isinstance(target, str) else target
    try:
        draft = read_draft(_texts(key))
    except PackError as error:
        return (Finding.of(error),)
    return _findings(draft, bind(draft))


def _texts(source: PackKey | Path | Texts) -> Texts:
    if isinstance(source, Path):
        return folder_texts(source)
    return pack_texts(source) if isinstance(source, PackKey) else source


def _findings(draft: Draft, binding: Binding) -> tuple[Finding, ...]:
    found = {Finding.of(fault) for fault in binding.faults}
    found.update(_cycles(binding))
    found.update(lint_formulas(binding))
    found.update(lint_comparisons(draft, binding))
    found.update(lint_tabs(draft, binding))
    found.update(lint_checks(draft, binding))
    found.update(lint_hidden(draft, binding))
    found.update(lint_sources(draft, binding))
    found.update(lint_equalities(draft, binding))
    if binding.faults:
        # What cannot be read would have read some of them.
        found = {finding for finding in found if finding.code != "INPUT_UNUSED"}
    return tuple(sorted(found))


def _cycles(binding: Binding) -> list[Finding]:
    found: list[Finding] = []
    none: dict[str, Formula] = {}
    conditioned = [(binding.formulas, binding.conditions), *((rows, none) for rows in binding.rows.values())]
    for formulas, conditions in conditioned:
        try:
            in_order(formulas, conditions)
        except PackError as error:
            found.append(Finding.of(error))
    return found
