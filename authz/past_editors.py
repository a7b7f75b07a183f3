"""Who edited a platform's policy in a version that was: a second signature is not given by who came since."""

from __future__ import annotations

from dataclasses import replace

from authz.editors import EDIT, edits
from authz.faults import PolicyFault
from authz.policy import Policy
from authz.store import line_of, read_facts
from models import fetch

# All that `authz.editors.edits` looks at, as it then was; who belongs where is told as it is now.
_THEN = """
SELECT id, ptype, "values", convention_id FROM policy_row
WHERE since_version <= %s AND (until_version IS NULL OR until_version > %s)
  AND ((ptype = 'g' AND "values"->>0 = %s)
       OR (ptype <> 'g' AND "values"->>1 = %s AND "values" @> to_jsonb(%s::text)))
ORDER BY id"""


async def edited_in(version: int, subject: str, platform: str) -> bool:
    """Whether an open account edited the platform's policy by the lines that lived in `version`.

    False where they can no longer be read as a policy: doubt refuses.
    """
    rows = await fetch(_THEN, [version, version, subject, platform, EDIT.value])
    lines = [line_of(row) for row in rows]
    boxes = {line.values[0] for line in lines if line.ptype == "p2"}
    # A profile that says nothing of this right is left out: its other lines were not read.
    kept = tuple(line for line in lines if line.ptype != "g" or line.values[1] in boxes)
    try:
        then = Policy(replace(await read_facts(), lines=kept))
    except PolicyFault:
        return False
    return edits(then, subject, platform)
