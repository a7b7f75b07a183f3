import pytest

from models import Conflict, Organization, OrganizationKind, fetch
from resolvers.demo import seed

pytestmark = pytest.mark.usefixtures("database")
TABLES = ("organism", "user_account", "policy_row", "dossier", "tab_document", "crossing", "transmission")


async def rows() -> int:
    found = [await fetch(f"SELECT count(*) AS n FROM {table}") for table in TABLES]  # noqa: S608 - constants
    return sum(int(counted[0]["n"]) for counted in found)


async def test_each_stage_is_told_in_french() -> None:
    told: list[tuple[str, int, int]] = []

    class EnoughError(Exception):
        """Heard what we came for."""

    def listen(stage: str, done: int, total: int) -> None:
        told.append((stage, done, total))
        if stage == "Campagnes et dossiers":
            raise EnoughError

    with pytest.raises(EnoughError):
        await seed(listen)

    assert [stage for stage, _, _ in told][:2] == ["Plateformes, fédérations et partenaires", "Organismes"]
    assert await rows() == 0  # nothing half written


async def test_a_database_of_other_data_is_refused() -> None:
    await Organization.create(
        key="partner:AUTRE", kind=OrganizationKind.PARTNER, name="Autre", short_name="Autre"
    )

    with pytest.raises(Conflict) as refusal:
        await seed(lambda _stage, _done, _total: None)

    assert refusal.value.code == "DEMO_DATABASE_IN_USE"
    assert await rows() == 0
