"""`python -m bench NAME [--quick]`: prints one JSON line per measure as soon as it is taken."""

import argparse
import asyncio
import importlib
import importlib.util
import sys
from collections.abc import AsyncIterator, Iterator, Sequence

from bench.report import Measure

NAMES = ("forms", "rights", "life", "lists", "print", "http")


def show(measures: Iterator[Measure]) -> bool:
    """Prints each measure; tells whether every goal holds."""
    held = True
    for measure in measures:
        print(measure.line(), flush=True)
        held &= measure.holds is not False
    return held


async def show_later(measures: AsyncIterator[Measure]) -> bool:
    """The same for a module whose measures need an event loop."""
    held = True
    async for measure in measures:
        print(measure.line(), flush=True)
        held &= measure.holds is not False
    return held


def main(arguments: Sequence[str]) -> int:
    """Returns 0 where every goal holds, 1 where one does not, 2 where there is nothing to run."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--quick", action="store_true", help="fewer rounds: shows that it runs, not how fast")
    options = parser.parse_args(arguments)
    if importlib.util.find_spec(f"bench.{options.name}") is None:
        print(f"bench/{options.name}.py does not exist yet: choose another name.", file=sys.stderr)
        return 2
    measures = importlib.import_module(f"bench.{options.name}").measures(quick=options.quick)
    held = asyncio.run(show_later(measures)) if isinstance(measures, AsyncIterator) else show(measures)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
