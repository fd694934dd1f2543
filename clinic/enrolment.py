"""A station joins: it asks, both screens show one code, a person compares and approves, settings go back.

Decision and signature; no HTTP and no SQL. A station is let in by the id of the very request whose code was
compared, never by its name, so a request that came in between cannot slip through.
"""

from uuid import UUID

import msgspec

from clinic import station_codes
from clinic.clinic import Clinic
from clinic.errors import ClinicError
from clinic.store import audit
from clinic.store.enrolments import (
    Enrolment,
    decide,
    enrolment_of,
    keep_request,
    open_number,
    waiting_enrolments,
)
from clinic.store.restored import mark_of_restore
from clinic.store.station_codes import holds, use_up
from clinic.store.stations import EnrolledStation, StationState, edition_for, let_in, shut_out
from health import pairing
from health.ids import new_id
from health.keys import BadKeyError, VerifyKey
from health.wire import (
    Approval,
    EnrolmentAnswer,
    EnrolmentOffer,
    EnrolmentRequest,
    SignedSettings,
    StationSettings,
    encode,
)


class EnrolmentError(ClinicError):
    """A request to join that cannot be taken. ``status`` is the HTTP status that says so."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def ask(clinic: Clinic, request: EnrolmentRequest, address: str = "") -> EnrolmentOffer:
    """Keep a request to join that came from ``address`` and offer the clinic's number.

    Raises ``EnrolmentError``.
    """
    try:
        VerifyKey(request.key).raw()
    except BadKeyError as cause:
        raise EnrolmentError(400, str(cause)) from cause
    if not (request.name + request.software + request.commitment).isprintable():
        raise EnrolmentError(400, "Name, software and commitment are written in letters.")
    if max(len(request.name), len(request.software), len(request.commitment)) > 64:
        raise EnrolmentError(400, "Name, software and commitment may have 64 characters each.")
    if request.demo is not clinic.settings.demo:
        raise EnrolmentError(403, "A demo station joins the demo clinic only, and a real one a real clinic.")
    now = clinic.now()
    offer = EnrolmentOffer(new_id(), clinic.keys.signing.verify_key().text, pairing.number())
    code = station_codes.hashed(request.code) if request.code else None
    kept = Enrolment(
        tenant=clinic.settings.tenant,
        id=str(offer.id),
        station=request.station,
        name=request.name or request.station,
        verify_key=request.key,
        commitment=request.commitment,
        clinic_number=offer.number,
        number=None,
        software=request.software,
        demo=request.demo,
        state=Approval.WAITING,
        requested_at=now.isoformat(),
        address=address,
        code=code,
    )
    with clinic.store.writing() as connection:
        if code is not None and not holds(connection, kept.tenant, code, kept.requested_at):
            raise EnrolmentError(
                403, "This code was used, is too old or was never given; ask for another one."
            )
        keep_request(connection, kept, now)
    return offer


def answer(clinic: Clinic, enrolment: UUID, number: str) -> EnrolmentAnswer:
    """What staff said so far, to the station that opens its commitment. Raises ``EnrolmentError``."""
    tenant = clinic.settings.tenant
    with clinic.store.writing() as connection:
        kept = enrolment_of(connection, tenant, str(enrolment))
        if kept is None:
            raise EnrolmentError(404, "This request to join is not known or too old; ask again.")
        if not pairing.opens(kept.commitment, number):
            raise EnrolmentError(403, "This number does not open the request to join; ask again.")
        if kept.state is Approval.WAITING and not open_number(connection, kept, number):
            raise EnrolmentError(
                429,
                "Too many stations wait to be approved. Ask the clinic for a code, then join with --code.",
            )
    if clinic.settings.demo and kept.demo and kept.state is Approval.WAITING:
        # Nobody stands at a demonstration to compare codes, and its tenant holds no real person.
        approve(clinic, kept.id, "demo")
        return answer(clinic, enrolment, number)
    if kept.state is not Approval.APPROVED:
        return EnrolmentAnswer(kept.state)
    return EnrolmentAnswer(kept.state, settings_for(clinic, kept.station, kept.verify_key, kept.name))


def code_of(clinic: Clinic, enrolment: Enrolment) -> str:
    """The eight digits to compare with the station's screen, as ``1234 5678``."""
    own = clinic.keys.signing.verify_key()
    return pairing.code(VerifyKey(enrolment.verify_key), own, enrolment.number or "", enrolment.clinic_number)


def waiting(clinic: Clinic) -> tuple[tuple[str, Enrolment], ...]:
    """Code and request of each station that waits to be compared."""
    with clinic.store.reading() as connection:
        found = waiting_enrolments(connection, clinic.settings.tenant)
    return tuple((code_of(clinic, one), one) for one in found)


def approve(clinic: Clinic, enrolment: str, who: str) -> bool:
    """Let the station of this very request in; False when it is gone or decided already."""
    tenant = clinic.settings.tenant
    with clinic.store.writing() as connection:
        now = clinic.now()
        kept = enrolment_of(connection, tenant, enrolment)
        if kept is None or kept.number is None or not decide(connection, tenant, kept.id, Approval.APPROVED):
            return False
        let_in(
            connection,
            EnrolledStation(
                tenant, kept.station, kept.verify_key, StationState.APPROVED, kept.name, now.isoformat()
            ),
        )
        if kept.code is not None:
            use_up(connection, tenant, kept.code)
        audit.note(connection, tenant, who, "station approved", kept.station, now)
    return True


def refuse(clinic: Clinic, enrolment: str, who: str) -> bool:
    """Turn this request down; False when it is gone or decided already."""
    tenant = clinic.settings.tenant
    with clinic.store.writing() as connection:
        done = decide(connection, tenant, enrolment, Approval.REFUSED)
        if done:
            audit.note(connection, tenant, who, "station refused", enrolment, clinic.now())
        return done


def revoke(clinic: Clinic, station: str, who: str) -> bool:
    """Take the station's right to send away; False when there is none of that id."""
    tenant = clinic.settings.tenant
    with clinic.store.writing() as connection:
        now = clinic.now()
        done = shut_out(connection, tenant, station, now.isoformat())
        if done:
            audit.note(connection, tenant, who, "station revoked", station, now)
        return done


def settings_for(clinic: Clinic, station: str, verify_key: str, name: str) -> SignedSettings:
    """What the clinic tells this station, signed; the edition rises only when something in it changed."""
    own = clinic.settings
    told = StationSettings(
        edition=0,
        tenant=own.tenant,
        station=station,
        station_key=verify_key,
        name=name,
        working=clinic.keys.working.public().text,
        recovery=clinic.keys.recovery.text,
        hours=own.hours,
        phone=own.phone,
        clinic=own.name,
        doctor=own.doctor,
        phone_page=own.phone_page or (f"{own.public_url}/phone" if own.public_url else ""),
        demo=own.demo,
    )
    with clinic.store.writing() as connection:
        told = msgspec.structs.replace(told, restored=mark_of_restore(connection, own.tenant))
        edition = edition_for(connection, own.tenant, station, encode(told))
    return pairing.sign_settings(msgspec.structs.replace(told, edition=edition), clinic.keys.signing)
