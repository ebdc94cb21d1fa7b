"""Reading a PDF as a person would."""

import subprocess


def text_of(pdf: bytes) -> str:
    """The text of every page, by poppler."""
    found = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return found.stdout.decode()
