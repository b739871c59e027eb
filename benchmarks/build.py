"""Build one area in this process, and print how long it took and what it held."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

from benchmarks.measure import peak_bytes, seconds
from data.build import build_demo, build_file
from geo.errors import MoteplassError


def main(argument: str) -> None:
    """Build what a `benchmarks.way.Subject`, as JSON, speaks of."""
    task = json.loads(argument)
    code, file = task["code"], task["file"]
    work = partial(build_demo, code)
    if file:
        work = partial(
            build_file, Path(file), code=code, name=code, municipality=task["municipality"]
        )
    try:
        print(json.dumps({"seconds": seconds(work), "peak_bytes": peak_bytes()}))
    except MoteplassError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(sys.argv[1])
