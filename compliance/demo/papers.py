"""Evidence files of the demonstration: small, real PDFs and pictures that say what they are."""

import struct
import zlib
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import format_html
from weasyprint import HTML

PAGE = """<!doctype html><html lang="ko"><head><title>{title}</title><style>
@page {{ size: A5; margin: 18mm; }}
body {{ font: 11pt/1.7 "Pretendard GOV Variable", "NanumGothic", "Noto Sans KR", sans-serif; color: #1e2124; }}
h1 {{ font-size: 17pt; border-bottom: 2pt solid #052b57; padding-bottom: 6pt; }}
.stamp {{ color: #ab2b36; border: 1.5pt solid #ab2b36; display: inline-block; padding: 2pt 10pt; font-weight: bold; }}
dt {{ font-weight: bold; }} dd {{ margin: 0 0 6pt 0; }}
</style></head><body><p class="stamp">예시 문서 · 효력 없음</p><h1>{title}</h1>
<dl><dt>데이터센터</dt><dd>{site}</dd><dt>작성일</dt><dd>{day}</dd><dt>유효 기간</dt><dd>{until}</dd></dl>
<p>{text}</p></body></html>"""


def paper(title: str, *, site: str, day: date, until: date | None, text: str) -> "SimpleUploadedFile":
    """A one-page PDF, as an upload."""
    html = format_html(PAGE, title=title, site=site, day=day, until=until or "정하지 않음", text=text)
    content = HTML(string=html).write_pdf()
    return SimpleUploadedFile(f"{title}.pdf", content, content_type="application/pdf")


def photograph(title: str, *, hue: int) -> "SimpleUploadedFile":
    """A picture of a row of cabinets, more or less."""
    width, height = 480, 320
    rows = b"".join(b"\0" + bytes(_shade(x, y, hue) for x in range(width)) for y in range(height))
    return SimpleUploadedFile(f"{title}.png", _png(width, height, rows), content_type="image/png")


def _shade(x: int, y: int, hue: int) -> int:
    """Grey of one pixel: a floor, a wall, and eight dark cabinets with bright slots."""
    if y > 260:
        return 150 + (x + y) % 40
    if y > 60 and x % 60 > 8:
        return 200 if y % 18 < 2 else 40 + hue % 40
    return 225 - y // 8


def _png(width: int, height: int, rows: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)  # 8 bits, grey
    parts = (b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
