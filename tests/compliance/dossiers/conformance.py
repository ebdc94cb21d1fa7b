"""The independent validator, and what it is wrong about."""

import re

import page

PROFILES = ("pdfa-3a", "pdfua-1")


def failures(content: bytes, profile: str) -> list[str]:
    """What the validator finds wrong, without its one mistake."""
    limits = page.SafetyLimits.unlimited()
    report = page.validate_pdf_bytes(content, profile=profile, limits=limits)
    return [f"{row.rule_id}: {row.message}" for row in report.failures if not _is_mistaken(content, row)]


def _is_mistaken(content: bytes, failure: page.ValidationFailure) -> bool:
    """Data that end in a carriage return: it takes that and the line feed after it for one end of line.

    The length is right when `endstream` follows one line feed after as many bytes as were announced.
    """
    if failure.rule_id != "PDFA3A-STREAM-LENGTH-001" or failure.object_id is None:
        return False
    opening = re.compile(
        rb"\n%d 0 obj\n<<.{0,500}?/Length (\d+).{0,500}?>>\nstream\n" % failure.object_id.object_number, re.S
    )
    found = opening.search(content)
    end = found.end() + int(found[1]) if found else 0
    return content[end - 1 : end + 11] == b"\r\nendstream\n"
