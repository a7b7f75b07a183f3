"""When a job that went wrong is tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import procrastinate

if TYPE_CHECKING:
    from procrastinate.jobs import Job

# Seconds between two tries of a job: doubled each time, up to a quarter of an hour.
FIRST_WAIT: Final = 2
LONGEST_WAIT: Final = 900


class Patience(procrastinate.BaseRetryStrategy):
    """Tries again later and later, `most` times at most, whatever went wrong."""

    def __init__(self, most: int) -> None:
        self.most = most

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> procrastinate.RetryDecision | None:
        """When to try again; None to give up."""
        del exception
        if job.attempts + 1 >= self.most:
            return None
        # The exponent is bounded: nobody needs 2 to the power of 300.
        return procrastinate.RetryDecision(
            retry_in={"seconds": min(FIRST_WAIT * 2 ** min(job.attempts, 10), LONGEST_WAIT)}
        )
