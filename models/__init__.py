"""What is true: tables, migrations, files and the queue. The door of the room."""

from models.conventions import Consent, ConsentChange, Convention, ConventionRevision, DossierReading
from models.database import (
    Fetch,
    close_database,
    execute,
    fetch,
    open_database,
    snapshot,
    transaction,
)
from models.dossiers import (
    Campaign,
    CellChange,
    ChangeOrigin,
    Crossing,
    Dossier,
    Justification,
    Snapshot,
    SnapshotState,
    TabDocument,
    Transmission,
    Verification,
)
from models.files import FileStore
from models.organizations import (
    Category,
    Organism,
    OrganismCode,
    Organization,
    OrganizationKind,
    Platform,
    PlatformKind,
)
from models.packs import PackDraft
from models.policy import PolicyProposal, PolicyRow, PolicyTest, PolicyVersion, ProposalState
from models.problem import Conflict, Invalid, NotFound, Problem, Refused, Unauthenticated
from models.schema import migrate
from models.users import AccessToken, MachineClient, Session, SignInFailure, User
from models.work import Export, ExportKind, ExportState, IdempotencyKey, Notification

__all__ = [
    "AccessToken",
    "Campaign",
    "Category",
    "CellChange",
    "ChangeOrigin",
    "Conflict",
    "Consent",
    "ConsentChange",
    "Convention",
    "ConventionRevision",
    "Crossing",
    "Dossier",
    "DossierReading",
    "Export",
    "ExportKind",
    "ExportState",
    "Fetch",
    "FileStore",
    "IdempotencyKey",
    "Invalid",
    "Justification",
    "MachineClient",
    "NotFound",
    "Notification",
    "Organism",
    "OrganismCode",
    "Organization",
    "OrganizationKind",
    "PackDraft",
    "Platform",
    "PlatformKind",
    "PolicyProposal",
    "PolicyRow",
    "PolicyTest",
    "PolicyVersion",
    "Problem",
    "ProposalState",
    "Refused",
    "Session",
    "SignInFailure",
    "Snapshot",
    "SnapshotState",
    "TabDocument",
    "Transmission",
    "Unauthenticated",
    "User",
    "Verification",
    "close_database",
    "execute",
    "fetch",
    "migrate",
    "open_database",
    "snapshot",
    "transaction",
]
