"""The slip: what a clinic tells a station of the earlier visits of whoever laid a card there.

Dates, last values and lasting answers, nothing more of a person: no name, number, frame or finding. Question
and answer are sealed (age), so whoever carries them learns neither who was asked for nor what was said. It
must not decide who may ask, and knows no network.
"""

from collections.abc import Sequence

import msgspec
import pyrage
from msgspec.structs import replace

from devices.reading import Confidential
from health.document import DocumentError, Form, pack, unpack
from health.errors import HealthError
from health.keys import PublicKey, SecretKey
from health.remembered import LASTING, Remembered
from health.visit import Observation, PastVisit, Visit

MOST_VISITS = 8
"""How many visits a slip holds, the newest: as many as the doctor's page draws."""
LARGEST_NUMBER = 32
"""Characters an identity number may have."""


class SlipError(DocumentError):
    """A slip, or a question for one, that this software cannot open or read."""


FORM = Form("slip", 2, SlipError, (1,))


class Slip(Confidential, msgspec.Struct, frozen=True):
    """Earlier visits, newest first, and of each lasting question the latest answer ("don't know" too).

    ``reach_asked``: she was asked how her doctor can telephone her; what she said is not in here.
    An ``instrument`` in here is the slug of a model: another station's own names would mean nothing.
    """

    visits: tuple[PastVisit, ...] = ()
    remembered: tuple[Remembered, ...] = ()
    reach_asked: bool = False


class SlipQuestion(Confidential, msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose slip is wanted, and the public half of a key made for this one answer (``age1…``)."""

    identity: str
    reply_to: str

    def __repr__(self) -> str:
        """Nothing of a person."""
        return "SlipQuestion()"


def slip_of(visits: Sequence[Visit]) -> Slip:
    """The slip of one person's ``visits``, in any order."""
    newest = sorted(visits, key=lambda one: (one.on, one.id), reverse=True)
    found: dict[str, Remembered] = {}
    for visit in newest:
        for question, answer in visit.answers:
            if question in LASTING:
                found.setdefault(question, Remembered(question, answer, visit.on))
    past = tuple(PastVisit(one.on, _bare(one)) for one in newest[:MOST_VISITS])
    reach_asked = any(one.resident.phone or not one.incomplete for one in visits)
    return Slip(past, tuple(found[one] for one in LASTING if one in found), reach_asked)


def ask(identity: str, clinic: PublicKey) -> tuple[bytes, SecretKey]:
    """The sealed question for the owner of ``identity``, and the key that opens its answer, used once."""
    secret = SecretKey.new()
    question = msgspec.json.encode(SlipQuestion(identity, secret.public().text))
    return pyrage.encrypt(question, [clinic.recipient()]), secret


def asked(sealed: bytes, clinic: SecretKey, *older: SecretKey) -> SlipQuestion:
    """The question in ``sealed``, to this key or one of its ``older`` ones. Raises ``SlipError``."""
    try:
        question = msgspec.json.decode(_opened(sealed, clinic, *older), type=SlipQuestion)
        PublicKey(question.reply_to).recipient()
    except (msgspec.MsgspecError, UnicodeDecodeError, HealthError) as wrong:
        raise SlipError("This question for a slip cannot be read; update the station's software.") from wrong
    if not 0 < len(question.identity) <= LARGEST_NUMBER:
        raise SlipError("This question for a slip names nobody.")
    return question


def answer(slip: Slip, reply_to: PublicKey) -> bytes:
    """``slip`` for the one who asked."""
    sealed: bytes = pyrage.encrypt(pack(FORM, slip), [reply_to.recipient()])
    return sealed


def answered(sealed: bytes, secret: SecretKey) -> Slip:
    """The slip in ``sealed``. Raises ``SlipError``."""
    return unpack(FORM, _opened(sealed, secret), Slip)


def _opened(sealed: bytes, *secrets: SecretKey) -> bytes:
    try:
        content: bytes = pyrage.decrypt(sealed, [one.identity() for one in secrets])
    except pyrage.DecryptError as wrong:
        raise SlipError("This was not sealed to the key at hand; enrol the station again.") from wrong
    return content


def _bare(visit: Visit) -> tuple[Observation, ...]:
    models = {one.id: one.model for one in visit.instruments}
    return tuple(
        replace(
            one,
            at=None,
            instrument=models.get(one.instrument or ""),
            samples=(),
            calibration=None,
            proof=None,
        )
        for one in visit.observations
    )
