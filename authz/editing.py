"""The one way to change rules: rebased or refused, proven whole, tried by the stored tests, then written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from authz.editors import keep_editors, require_edits
from authz.lines import Line
from authz.policy import Policy
from authz.rebase import lines_to_close, refuse_overlaps
from authz.resulting import Edits, resulting
from authz.rule_text import naming
from authz.stored_tests import require_tests
from authz.touched import Touched
from authz.viewer import Viewer
from authz.writing import bump
from models import PolicyRow, transaction

BATCH = 1000
NOTHING_ELSE = Touched()

Check = Callable[[Policy, Policy], None]


async def apply_edits(  # noqa: PLR0913 - what is changed, from what, why, and how far it is proven
    editor: Viewer,
    add: Sequence[Line],
    close: Collection[int],
    *,
    base: int,
    comment: str,
    touched: Touched | None = NOTHING_ELSE,
    tests: bool = True,
    check: Check | None = None,
) -> int:
    """Add and close lines in one new version, whose number is returned: all of it, or nothing.

    `base`: the version that the editor looked at; what others have changed since is kept, unless it bears on
    the same lines. `touched`: what the caller has changed besides in this transaction (None: anything).
    `check` is called with the policy before and the policy after, and refuses by raising a Problem.

    Raises Conflict POLICY_CONFLICT (`details` name the rows); Invalid POLICY_BASE_UNKNOWN,
    POLICY_LINE_UNKNOWN, the code of a line's fault, POLICY_TEST_FAILED; Refused REFUSED,
    POLICY_SELF_LOCKOUT, POLICY_LAST_EDITOR.
    """
    async with transaction():
        version = await bump(editor.user_id, comment, touched)
        edits = await _rebased(editor, add, close, base, version - 1)
        before, after = await resulting(editor, edits)
        require_edits(before, editor, (*edits.add, *edits.close))
        if check is not None:
            check(before, after)
        keep_editors(before, after, editor)
        if tests:
            await require_tests(before, after)
        await _write(edits, version)
    return version


async def try_edits(
    editor: Viewer,
    add: Sequence[Line],
    close: Collection[int],
    *,
    base: int,
) -> tuple[Policy, Policy]:
    """The policy before and after the same edits, of which nothing is written.

    Raises as `apply_edits`, but for what the tests and the guards on editors would say.
    """
    version = editor.authority.policy.version
    return await resulting(editor, await _rebased(editor, add, close, base, version))


async def _rebased(
    editor: Viewer, add: Sequence[Line], close: Collection[int], base: int, version: int
) -> Edits:
    name = naming(editor.authority.policy)
    closed = await lines_to_close(close, version, name)
    await refuse_overlaps((*add, *closed), base, version, name)
    return Edits(tuple(add), closed)


async def _write(edits: Edits, version: int) -> None:
    ids = [line.id for line in edits.close]
    await PolicyRow.filter(id__in=ids, until_version=None).update(until_version=version)
    rows = [
        PolicyRow(
            ptype=line.ptype,
            values=list(line.values),
            convention_id=line.convention_id,
            since_version=version,
        )
        for line in edits.add
    ]
    await PolicyRow.bulk_create(rows, batch_size=BATCH)
