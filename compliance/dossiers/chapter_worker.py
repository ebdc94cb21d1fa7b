"""The process that lays out chapters: a task a line on standard input, an answer a line on standard output.

It ends when its input ends, so it does not outlive the process that started it by more than one chapter.
What it finishes it renames into place: a killed worker leaves no half chapter.
"""

import json
import os
import resource
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from compliance.dossiers.accessible import make_accessible
from compliance.dossiers.typesetting import Style, garbage_collection_paused, lay_out, layout_of


def main() -> None:
    memory_mb = int(sys.argv[1])
    if memory_mb:
        resource.setrlimit(resource.RLIMIT_DATA, (memory_mb << 20, memory_mb << 20))
    style = Style(**json.loads(sys.stdin.readline()))
    for line in sys.stdin:
        task = json.loads(line)
        print(json.dumps(_done(task, style)), flush=True)  # noqa: T201  # this is how it answers


def _done(task: dict[str, Any], style: Style) -> dict[str, Any]:
    try:
        lay_out_chapter(Path(task["folder"]), task["name"], style, write=task["write"])
    except Exception as error:  # noqa: BLE001  # the process that waits decides what a failure means
        return {"name": task["name"], "error": f"{type(error).__name__}: {error}"}
    return {"name": task["name"], "error": ""}


def lay_out_chapter(folder: Path, name: str, style: Style, *, write: bool) -> None:
    """From `name.html` to `name.json`, which tells where everything stands, and `name.pdf` when it is to be written."""
    document = lay_out((folder / f"{name}.html").read_text(), style)
    if write:
        with garbage_collection_paused():
            content = document.write_pdf(pdf_tags=True, pdf_identifier=b"-", finisher=make_accessible)
        _put(folder / f"{name}.pdf", content)
    _put(folder / f"{name}.json", json.dumps(asdict(layout_of(document))).encode())


def _put(path: Path, content: bytes) -> None:
    draft = path.with_suffix(f".{os.getpid()}.draft")
    draft.write_bytes(content)
    os.replace(draft, path)


if __name__ == "__main__":
    main()
