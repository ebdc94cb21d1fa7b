"""Write the law data of the database as a catalogue folder: what is exported loads back to the same digest."""

from pathlib import Path

from registry.catalogue.database import catalogue_in_database
from registry.catalogue.writing import write_catalogue


def export_catalogue(folder: Path) -> list[Path]:
    """Everything published; drafts stay behind. Stale files in the folder are the caller's business."""
    return write_catalogue(catalogue_in_database().catalogue, folder)
