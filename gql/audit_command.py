"""The journal's commands: whether it is as it was written, and where it ends."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from gql.commands import with_database
from models import Problem
from resolvers import audit
from resolvers.audit import Head

if TYPE_CHECKING:
    from argparse import Namespace

_HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


def verify(options: Namespace) -> int:
    """Say what is wrong with the journal, one line a fault: 0 when nothing is, 1 otherwise."""
    kept = None if options.head is None else _read_head(options.head)
    found = with_database(lambda _: audit.verify(kept))
    for fault in found.faults:
        sys.stdout.write(fault + "\n")
    if found.count > len(found.faults):
        sys.stdout.write(f"… et {found.count - len(found.faults)} autre(s).\n")
    if found.broken is not None:
        sys.stdout.write(f"Le journal est rompu à la position {found.broken}.\n")
        return 1
    sys.stdout.write(f"Le journal est intact : {found.head.position} événement(s) scellé(s).\n")
    if kept is None:
        sys.stdout.write("Sans « --head », une fin coupée ne se voit pas : notez ailleurs « audit head ».\n")
    return 0


def head(_: Namespace) -> int:
    """Print where the chain ends, to be kept elsewhere."""
    sys.stdout.write(f"{with_database(lambda _: audit.head())}\n")
    return 0


def _read_head(text: str) -> Head:
    found = _HEAD.fullmatch(text.strip())
    if found is None:
        raise Problem(
            "AUDIT_HEAD_INVALID",
            "« --head » attend ce qu’a écrit « audit head » : une position, « : », une empreinte.",
        )
    return Head(int(found[1]), found[2])
