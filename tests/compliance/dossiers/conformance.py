"""The independent validator, and what it is wrong about."""

import re

import page

PROFILES = ("pdfa-3a", "pdfua-1")
_STREAM = re.compile(rb"/Length (\d+)[^\n]*>>\r?\nstream\r?\n")


def failures(content: bytes, profile: str) -> list[str]:
    """What the validator finds wrong, without its one mistake."""
    limits = page.SafetyLimits.unlimited()
    report = page.validate_pdf_bytes(content, profile=profile, limits=limits)
    found = [f"{row.rule_id}: {row.message}" for row in report.failures]
    return [row for row in found if not (row.startswith("PDFA3A-STREAM-LENGTH-001") and _lengths_are_right(content))]


def _lengths_are_right(content: bytes) -> bool:
    """Whether `endstream` follows one end of line after as many bytes as were announced, in every stream.

    Of data that end in a carriage return, the validator takes that for a part of the end of line.
    """
    ends = [found.end() + int(found[1]) for found in _STREAM.finditer(content)]
    return len(ends) > 20 and all(re.match(rb"\r?\nendstream\s", content[end : end + 14]) for end in ends)
