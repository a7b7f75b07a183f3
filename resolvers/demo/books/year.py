"""One year of an organism's books, from its opening balances to the last annex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolvers.demo.books.activities import split_activities, split_service
from resolvers.demo.books.annexes import draw_annexes
from resolvers.demo.books.assets import draw_assets
from resolvers.demo.books.charges import draw_charges
from resolvers.demo.books.closing import close_books
from resolvers.demo.books.draft import Draft
from resolvers.demo.books.equity import appropriate, draw_equity
from resolvers.demo.books.estate import draw_estate
from resolvers.demo.books.funding import draw_funding
from resolvers.demo.books.income import draw_income
from resolvers.demo.books.loans import draw_service
from resolvers.demo.books.operations import draw_operations
from resolvers.demo.books.provisions import draw_provisions
from resolvers.demo.books.rolls import draw_rolls
from resolvers.demo.books.tenancy import draw_tenancy, share_rents
from resolvers.demo.books.working import draw_working
from resolvers.demo.books.works import draw_works

if TYPE_CHECKING:
    from resolvers.demo.books.draft import Body
    from resolvers.demo.books.ledger import Ledger

# Each step reads what those above it have written.
STEPS = (
    draw_estate,
    draw_tenancy,
    draw_assets,
    draw_provisions,
    draw_works,
    draw_charges,
    draw_service,
    draw_income,
    share_rents,
    draw_equity,
    split_activities,
    split_service,
    appropriate,
    draw_working,
    close_books,
    draw_funding,
    draw_annexes,
    draw_operations,
    draw_rolls,
)


def draw_year(body: Body, year: int, before: Ledger) -> Draft:
    """The figures of one year, every equality of the form held to the cent."""
    draft = Draft(body, year, before)
    for step in STEPS:
        step(draft)
    return draft
