"""What the jobs work with; made once where everything is wired together, and handed to the worker."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rendering.pades_key import SealKeys

if TYPE_CHECKING:
    from authz import Authority
    from models import Clamd, FileStore
    from rendering.mail import Mailer
    from rendering.pdf import Printer


@dataclass(frozen=True, slots=True)
class Services:
    """The policy in force, the printer (started), the object store, the mailer; the scanner, if any.

    `seals`: with what the PDFs of sealed copies are signed.
    """

    authority: Authority
    printer: Printer
    files: FileStore
    mailer: Mailer
    scanner: Clamd | None = None
    seals: SealKeys = field(default_factory=SealKeys)
