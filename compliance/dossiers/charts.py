"""Charts as geometry: what the SVG of pages and PDFs is drawn from. Numbers in, rectangles out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from compliance.dossiers.standing import Tally

# Fit for print and for readers who see few colours; a word or a number always stands beside them.
COLOURS = {
    "compliant": "#228738",
    "not_applicable": "#8a949e",
    "in_progress": "#0b78cb",
    "partly": "#ffb114",
    "non_compliant": "#de3412",
    "unanswered": "#e6e8ea",
    "undetermined": "#a66bc4",
}


HEAD_HEIGHT = 48.0  # of a matrix, for slanted names


@dataclass(frozen=True)
class Part:
    """One stretch of a stacked bar."""

    standing: str
    count: int
    x: float
    width: float

    @property
    def colour(self) -> str:
        return COLOURS[self.standing]


def stacked(tally: Tally, *, width: float, largest: int | None = None) -> tuple[Part, ...]:
    """A bar whose full width stands for `largest` (the tally's own total by default)."""
    scale = width / (largest or tally.total or 1)
    parts, x = [], 0.0
    for standing, count in tally.counts:
        if count:
            parts.append(Part(standing, count, round(x, 2), round(count * scale, 2)))
            x += count * scale
    return tuple(parts)


@dataclass(frozen=True)
class Cell:
    """One field of a matrix: how many obligations, and how many of them are not settled."""

    x: float
    middle: float
    y: float
    total: int
    open: int
    shade: float


@dataclass(frozen=True)
class MatrixLine:
    label: str
    y: float
    cells: tuple[Cell, ...]
    total: int

    @property
    def text_y(self) -> float:
        return self.y + 12


@dataclass(frozen=True)
class Matrix:
    """Lines against columns, e.g. topic groups against ministries."""

    columns: tuple[tuple[str, float], ...]
    lines: tuple[MatrixLine, ...]
    cell_width: float
    cell_height: float
    label_width: float

    @property
    def inner_width(self) -> float:
        return self.cell_width - 2

    @property
    def height(self) -> float:
        return HEAD_HEIGHT + self.cell_height * len(self.lines)


def matrix(
    columns: Sequence[str], lines: Iterable[tuple[str, Sequence[Tally]]], *, width: float, label_width: float
) -> Matrix:
    """A matrix that fills `width`; the darker a field, the larger the share that is not settled."""
    cell_width, cell_height = (width - label_width) / max(len(columns), 1), 20.0
    drawn = []
    for number, (label, tallies) in enumerate(lines):
        y = HEAD_HEIGHT + number * cell_height
        cells = tuple(
            _cell(tally, label_width + index * cell_width, y, cell_width)
            for index, tally in enumerate(tallies)
            if tally.total
        )
        drawn.append(MatrixLine(label, y, cells, sum(tally.total for tally in tallies)))
    heads = tuple((name, round(label_width + (index + 0.5) * cell_width, 2)) for index, name in enumerate(columns))
    return Matrix(heads, tuple(drawn), round(cell_width, 2), cell_height, label_width)


def _cell(tally: Tally, x: float, y: float, width: float) -> Cell:
    still_open = tally.total - tally.settled
    return Cell(round(x, 2), round(x + width / 2, 2), y, tally.total, still_open, round(still_open / tally.total, 2))
