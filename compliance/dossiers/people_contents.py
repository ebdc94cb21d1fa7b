"""People and subjects, as every part of a snapshot names them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Who did something, as known when the snapshot was taken."""

    username: str
    name: str
    role: str


@dataclass(frozen=True)
class Subject:
    """An operator, a facility or a building; `pk` is None for a building that nobody recorded."""

    level: str
    pk: int | None
    name_ko: str
    name_en: str

    @property
    def key(self) -> str:
        return f"{self.level}:{self.pk}"
