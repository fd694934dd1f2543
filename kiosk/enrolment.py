"""How the station joins a clinic, and what it remembers of that.

It makes its key, asks to join, shows the eight digits that staff compare with the clinic's screen, and waits
for their yes. Then it pins the clinic's key: from there on only settings signed by that key are believed, and
none that is older. A station belongs to one clinic; another clinic needs another data folder. Only a clinic
that lost its keys is believed with new ones, once somebody here says the digits that its screen shows.
"""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec

from health import pairing, signing
from health.keys import PublicKey, SigningKey, VerifyKey, read_secret, write_secret
from health.station import Station
from health.wire import (
    ENROLMENTS,
    SETTINGS,
    Approval,
    EnrolmentAnswer,
    EnrolmentOffer,
    EnrolmentQuestion,
    EnrolmentRequest,
    Refusal,
    SignedSettings,
    StationSettings,
    T,
    WireError,
    decode,
    encode,
    enrolment_path,
)
from kiosk.courier.road import Answer, Road
from kiosk.daykey import DayKey
from kiosk.membership import Membership
from kiosk.pinned import FILE, Enrolled, EnrolmentError, enrolled_in, remember
from kiosk.read_out import ReadOut
from kiosk.sealing import Identity

KEY_FILE = "station.key"
DEMO_TENANT = "demo"
ASK_S = 2.0
"""How often to ask whether staff agreed."""
_NOBODY_KNOWS = "?"
PATIENCE_S = 15 * 60.0
"""How long staff have to compare the digits."""


class Newcomer(msgspec.Struct, frozen=True):
    """How a station introduces itself. ``station`` is its id: Latin letters, digits, ``-``, ``_``, ``.``.

    ``code`` is what the clinic's staff gave so that this station goes first, where they gave one.
    """

    station: str
    name: str
    software: str
    demo: bool
    code: str = ""


def enrol(
    url: str,
    data: Path,
    who: Newcomer,
    show: Callable[[str], None],
    *,
    read_out: ReadOut | None = None,
    sleep: Callable[[float], None] = time.sleep,
    ca: str = "",
) -> StationSettings:
    """Joins the clinic at ``url``; ``show`` gets the digits to compare. Blocks until staff decided.

    ``read_out`` asks whoever stands here for the digits on the clinic's screen: without it, or with others,
    a clinic whose key is not the one pinned is not believed. What was not sent yet stays and goes out. What
    is needed later is kept in the folder ``data``. Raises ``EnrolmentError`` or ``LinkError``.
    """
    key, number = station_key(data), pairing.number()
    road = Road(url, ca)
    try:
        own = key.verify_key()
        request = EnrolmentRequest(
            who.station, who.name, own.text, pairing.commitment(number), who.software, who.demo, who.code
        )
        offer = _ask(road, ENROLMENTS, encode(request), 202, EnrolmentOffer)
        clinic = VerifyKey(offer.key)
        ours = _may_be_ours(data, clinic, read_out)
        answer = _question(road, offer.id, number)
        digits = pairing.code(own, clinic, number, offer.number)
        show(digits)
        if not ours:
            _must_be_read_out(digits, clinic, read_out)
        signed = _wait(road, offer.id, number, answer, sleep)
    finally:
        road.close()
    enrolled = Enrolled(url, clinic.text, signed)
    told = enrolled.told()
    _must_fit(told, who.station, own, demo=who.demo)
    enrolled = msgspec.structs.replace(enrolled, has=_must_stay(data, told) or enrolled.clinic_now())
    if read_out is not None and not ours:
        read_out.judged(clinic, right=True)
    remember(data, enrolled)
    return told


def membership(data: Path, day: DayKey, ca: str = "") -> Membership | None:
    """Whom the station of the folder ``data`` belongs to; None before it joined anybody.

    ``ca`` is the file by which the clinic's certificate is trusted, empty for those of the system.
    """
    enrolled = enrolled_in(data)
    if enrolled is None:
        return None
    key, told = station_key(data), enrolled.told()
    _must_fit(told, told.station, key.verify_key(), demo=told.demo)
    to = (PublicKey(told.working), PublicKey(told.recovery))
    identity = Identity(told.tenant, told.station, told.demo, to, key)
    return Membership(identity, day, _station(told), enrolled.url, ca)


def clinic_of(data: Path) -> str:
    """The address of the clinic this station joined, empty before it did."""
    enrolled = enrolled_in(data)
    return "" if enrolled is None else enrolled.url


def moved(data: Path, url: str) -> None:
    """The same clinic answers at another address; its pinned key stays what makes it the same."""
    enrolled = enrolled_in(data)
    if enrolled is not None and enrolled.url != url:
        remember(data, msgspec.structs.replace(enrolled, url=url))


def renew(data: Path, at: datetime, ca: str = "", patience: float | None = None) -> StationSettings:
    """Asks for newer settings and keeps them. ``at`` is the corrected time. Returns those in force.

    ``patience``: seconds to wait for an answer, in place of the longer ones.
    """
    enrolled = _must_have_joined(data)
    known, key = enrolled.told(), station_key(data)
    answer = _settings_of(enrolled, key, at, ca, patience)
    newer = msgspec.structs.replace(enrolled, settings=_read(answer.status, answer.body, 200, SignedSettings))
    told = newer.told()
    _must_fit(told, known.station, key.verify_key(), demo=known.demo)
    if told.edition <= known.edition or told.tenant != known.tenant:
        return known
    remember(data, newer)
    return told


def is_known(data: Path, at: datetime, ca: str = "") -> Answer:
    """The clinic's answer to this station's signed request: 200 where it knows it. Keeps nothing."""
    return _settings_of(_must_have_joined(data), station_key(data), at, ca, None)


def is_signed_by_ours(data: Path, answer: Answer) -> bool:
    """Whether the key pinned here signed the settings in such an answer."""
    signed = _read(answer.status, answer.body, 200, SignedSettings)
    try:
        msgspec.structs.replace(_must_have_joined(data), settings=signed).told()
    except EnrolmentError:
        return False
    return True


def station_key(data: Path) -> SigningKey:
    """The station's own key, made when there is none."""
    file = data / KEY_FILE
    if not file.exists():
        write_secret(file, SigningKey.new().text)
    return SigningKey(read_secret(file))


def _must_have_joined(data: Path) -> Enrolled:
    enrolled = enrolled_in(data)
    if enrolled is None:
        raise EnrolmentError("This station belongs to no clinic yet; enrol it.")
    return enrolled


def _settings_of(
    enrolled: Enrolled, key: SigningKey, at: datetime, ca: str, patience: float | None
) -> Answer:
    known = enrolled.told()
    headers = signing.sign("GET", SETTINGS, b"", key=key, key_id=f"{known.tenant}/{known.station}", at=at)
    road = Road(enrolled.url, ca, patience)
    try:
        return road.ask("GET", SETTINGS, headers=headers)
    finally:
        road.close()


def _question(road: Road, enrolment: UUID, number: str) -> EnrolmentAnswer:
    return _ask(road, enrolment_path(enrolment), encode(EnrolmentQuestion(number)), 200, EnrolmentAnswer)


def _wait(
    road: Road, enrolment: UUID, number: str, answer: EnrolmentAnswer, sleep: Callable[[float], None]
) -> SignedSettings:
    for _ in range(int(PATIENCE_S / ASK_S)):
        if answer.state is Approval.REFUSED:
            raise EnrolmentError("The clinic's staff refused this station; compare the digits and ask again.")
        if answer.state is Approval.APPROVED and answer.settings is not None:
            return answer.settings
        sleep(ASK_S)
        answer = _question(road, enrolment, number)
    raise EnrolmentError("Nobody at the clinic agreed in time; ask again when somebody is there.")


def _ask(road: Road, path: str, body: bytes, wanted: int, shape: type[T]) -> T:
    answer = road.ask("POST", path, body)
    return _read(answer.status, answer.body, wanted, shape)


def _read(status: int, body: bytes, wanted: int, shape: type[T]) -> T:
    try:
        if status != wanted:
            raise EnrolmentError(f"The clinic says: {decode(body, Refusal).error[:200]}")
        return decode(body, shape)
    except WireError as wrong:
        raise EnrolmentError("What answers does not speak as a clinic does; check its address.") from wrong


def _may_be_ours(data: Path, clinic: VerifyKey, read_out: ReadOut | None) -> bool:
    """Whether this is the clinic that was joined before, or the first. Another needs ``read_out``."""
    try:
        before = enrolled_in(data)
    except EnrolmentError:
        ours, why = (
            False,
            f"The file {FILE} cannot be read, so nobody knows which clinic this is.",
        )
    else:
        ours = before is None or before.clinic_key == clinic.text
        why = "The clinic answers with another key than the one this station joined."
    if not ours and read_out is None:
        raise EnrolmentError(
            f"{why} If it is the right one, say --new-keys and compare the digits; for another clinic use "
            "another data folder."
        )
    return ours


def _must_be_read_out(digits: str, key: VerifyKey, read_out: ReadOut | None) -> None:
    """A key that is not the pinned one is believed by a deed at both ends, never by itself."""
    if read_out is None or "".join(read_out.ask().split()) != digits.replace(" ", ""):
        if read_out is not None:
            read_out.judged(key, right=False)
        raise EnrolmentError(
            "These are not the digits of this station; somebody else may be answering. Nothing was changed."
        )


def _must_stay(data: Path, told: StationSettings) -> str:
    """What waits here names its clinic and its station; no other would ever take it.

    Returns which clinic has what was taken, empty where this station belonged to none.
    """
    try:
        before = enrolled_in(data)
        known = told if before is None else before.told()
    except EnrolmentError:
        return _NOBODY_KNOWS
    if (known.tenant, known.station) != (told.tenant, told.station):
        raise EnrolmentError("This station belongs to another clinic; use another data folder for this one.")
    return "" if before is None else before.clinic_that_has()


def _must_fit(told: StationSettings, station: str, own: VerifyKey, *, demo: bool) -> None:
    if (told.station, told.station_key, told.demo) != (station, own.text, demo):
        raise EnrolmentError("These settings are those of another station; enrol this station again.")
    if told.demo is not (told.tenant == DEMO_TENANT):
        raise EnrolmentError("A demo station belongs to the demo tenant and no other does; ask the clinic.")
    for key in (told.working, told.recovery):
        PublicKey(key).recipient()


def _station(told: StationSettings) -> Station:
    return Station(
        id=told.station,
        name=told.name,
        place=told.place,
        hours=told.hours,
        phone=told.phone,
        clinic=told.clinic,
        doctor=told.doctor,
        tenant=told.tenant,
        demo=told.demo,
        phone_page=told.phone_page,
    )
