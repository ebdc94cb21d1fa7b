"""Every change of a file is found, and named for those who may know."""

import io
import json
import re

import pikepdf
import pytest

from compliance.dossiers.verification import Verdict, differing_paths, verify
from compliance.models import Dossier
from tests.compliance.dossiers.conftest import Printed

pytestmark = pytest.mark.usefixtures("registered")


def codes(verdict: Verdict) -> list[str]:
    return [problem.code for problem in verdict.problems]


def flipped(content: bytes, offset: int) -> bytes:
    changed = bytearray(content)
    changed[offset] ^= 1
    return bytes(changed)


def with_snapshot(content: bytes, snapshot: str | None) -> bytes:
    """The file with another snapshot inside, or none."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        del pdf.attachments["snapshot.json"]
        if snapshot is not None:
            pdf.attachments["snapshot.json"] = pikepdf.AttachedFileSpec(pdf, snapshot.encode())
        pdf.save(target)
    return target.getvalue()


def test_the_registered_file_is_valid(printed: Printed, registered: Dossier) -> None:
    verdict = verify(printed.content)
    assert (verdict.valid, verdict.number, verdict.round, verdict.superseded_by) == (True, registered.number, 1, "")


@pytest.mark.parametrize("share", [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 0.999])
def test_one_flipped_byte_is_found_wherever_it_is(printed: Printed, share: float) -> None:
    verdict = verify(flipped(printed.content, int(len(printed.content) * share)))
    assert not verdict.valid
    assert verdict.problems[0].code in {"file_altered", "damaged_pdf", "snapshot_damaged", "metadata_altered"}


def test_a_flipped_byte_of_a_page_names_the_page(printed: Printed) -> None:
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        contents = pdf.pages[4].obj.Contents
        number = (contents[0] if isinstance(contents, pikepdf.Array) else contents).objgen[0]
    match = re.search(rb"\n%d 0 obj.*?stream\n" % number, printed.content, re.DOTALL)
    assert match
    verdict = verify(flipped(printed.content, match.end() + 40))
    assert codes(verdict) == ["file_altered", "signature_altered"]
    assert verdict.problems[0].where == "5쪽의 내용"


def test_an_altered_answer_is_named_by_its_path(printed: Printed) -> None:
    data = json.loads(printed.snapshot)
    index = next(i for i, row in enumerate(data["obligations"]) if row["answer"])
    data["obligations"][index]["answer"]["status"] = "partly"
    altered = with_snapshot(printed.content, json.dumps(data, ensure_ascii=False))
    assert f"/obligations/{index}/answer/status" in [problem.where for problem in verify(altered).problems]


def test_a_reformatted_snapshot_is_told_from_an_altered_one(printed: Printed) -> None:
    altered = with_snapshot(printed.content, json.dumps(json.loads(printed.snapshot), indent=1))
    assert codes(verify(altered)) == ["snapshot_altered", "file_altered", "signature_altered"]


def test_altered_evidence_is_named(printed: Printed) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        del pdf.attachments["E-001.txt"]
        pdf.attachments["E-001.txt"] = pikepdf.AttachedFileSpec(pdf, b"another document")
        pdf.save(target)
    problem = verify(target.getvalue()).problems[0]
    assert (problem.code, problem.where) == ("evidence_altered", "E-001.txt")


def test_appended_bytes_are_found(printed: Printed) -> None:
    assert codes(verify(printed.content + b"\n% a later addition")) == ["file_altered", "signature_altered"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "not_a_pdf"), (b"PK\x03\x04 a letter", "not_a_pdf"), (b"%PDF-1.7 and nothing else", "damaged_pdf")],
)
def test_other_files_are_called_what_they_are(content: bytes, code: str) -> None:
    assert codes(verify(content)) == [code]


def test_a_pdf_without_a_snapshot_is_no_dossier(printed: Printed) -> None:
    assert codes(verify(with_snapshot(printed.content, None))) == ["no_snapshot"]


def test_an_unknown_number_is_told(printed: Printed) -> None:
    other = with_snapshot(printed.content, printed.snapshot.replace("ILW-2026-00001", "ILW-2026-99999"))
    assert codes(verify(other)) == ["unknown_number"]


def test_strangers_hear_that_it_differs_but_never_where(printed: Printed) -> None:
    altered = with_snapshot(printed.content, printed.snapshot.replace('"compliant"', '"partly"'))
    told = verify(altered).for_strangers()
    assert codes(told) == ["snapshot_altered", "file_altered", "signature_altered"]
    assert not any(problem.where or "/" in problem.text for problem in told.problems)


def test_the_signature_of_the_registered_file_is_told(printed: Printed) -> None:
    signature = verify(printed.content).signature
    assert signature is not None
    assert (signature.state, signature.holds, signature.is_timestamped) == ("development", True, False)


def test_an_altered_number_in_the_metadata_is_named(printed: Printed) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b"ILW-2026-00001", b"ILW-2026-00002"))
        pdf.save(target)
    assert "metadata_altered" in codes(verify(target.getvalue()))


@pytest.mark.parametrize(
    ("found", "known", "paths"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 2}, ["/a"]),
        ({"a": 1}, {"a": True}, ["/a"]),
        ({"a": [1, 2]}, {"a": [1, 3]}, ["/a/1"]),
        ({"a": [1]}, {"a": [1, 2, 3]}, ["/a/1", "/a/2"]),
        ({"a": {"b": 1}}, {"a": {"c": 1}}, ["/a/b", "/a/c"]),
        ([], {}, ["/"]),
    ],
)
def test_differences_are_named_by_path(found: object, known: object, paths: list[str]) -> None:
    assert list(differing_paths(found, known)) == paths  # type: ignore[arg-type]  # JSON written as Python
