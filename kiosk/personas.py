"""The people of the demonstration: synthetic, each with a card, a body and a way to answer.

Data only, from ``assets/personas.toml``. Nobody here exists: every identity number begins with 999999, an
area code that was never given out.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec

from devices.reading import Card, Confidential
from health.settings import load
from health.visit import Answer, Question
from kiosk.errors import KioskError

FILE = Path(__file__).resolve().parent.parent / "assets" / "personas.toml"


class CardPart(Confidential, msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The card of a persona."""

    name: str
    sex: str
    birth_date: date
    number: str

    def card(self) -> Card:
        """As the reader says it."""
        return Card(self.name, self.sex, self.birth_date, self.number)


class Persona(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One person. ``pressure`` rows are systolic, diastolic, pulse; ``grip`` is left, left, right, right, kg.

    ``register`` is ``card``, ``phone`` or ``guest``. ``lipids`` in mmol/L: TC, HDL, TG, LDL.
    ``spo2`` in per cent.
    """

    name: str
    who: str
    register: str
    height: Decimal
    weight: Decimal
    pressure: tuple[tuple[int, int, int], ...]
    grip: tuple[Decimal, Decimal, Decimal, Decimal]
    lipids: tuple[Decimal, Decimal, Decimal, Decimal]
    spo2: int = 97
    card: CardPart | None = None
    phone: str = ""
    answers: dict[Question, Answer] = {}
    print_only: bool = False
    unwell: bool = False


class People(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everybody of the demonstration, and the staff member with her badge."""

    staff: CardPart
    persona: tuple[Persona, ...]

    def called(self, name: str) -> Persona:
        """The persona of that name. Raises ``KioskError`` naming the known ones."""
        for persona in self.persona:
            if persona.name == name:
                return persona
        known = ", ".join(p.name for p in self.persona)
        raise KioskError(f"There is no persona {name!r}; choose one of {known}.")


def people() -> People:
    """The people of ``assets/personas.toml``, the first one the default."""
    return load(FILE, People)
