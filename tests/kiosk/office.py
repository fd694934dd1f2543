"""The clinic's side of joining as a fake, for the tests of the station's side."""

from dataclasses import dataclass, field
from uuid import uuid4

import msgspec

from health import pairing
from health.keys import SecretKey, SigningKey, VerifyKey
from health.wire import (
    Approval,
    EnrolmentAnswer,
    EnrolmentOffer,
    EnrolmentQuestion,
    EnrolmentRequest,
    StationSettings,
    decode,
    encode,
)
from tests.kiosk.fake_clinic import FakeClinic, Reply


@dataclass(slots=True)
class Office:
    """The clinic's side of joining, with staff who answer ``states`` one after the other."""

    key: SigningKey = field(default_factory=SigningKey.new)
    number: str = field(default_factory=pairing.number)
    states: list[Approval] = field(default_factory=lambda: [Approval.WAITING, Approval.APPROVED])
    request: EnrolmentRequest | None = None
    shown: str = ""
    told: dict[str, object] = field(default_factory=dict)
    edition: int = 1

    def settings(self) -> StationSettings:
        assert self.request is not None
        plain = StationSettings(
            edition=self.edition,
            tenant="demo",
            station=self.request.station,
            station_key=self.request.key,
            name=self.request.name,
            working=SecretKey.new().public().text,
            recovery=SecretKey.new().public().text,
            phone="021-0000",
            demo=True,
        )
        return msgspec.structs.replace(plain, **self.told)

    def switch(self, clinic: FakeClinic, method: str, path: str, body: bytes) -> Reply:
        if path == "/settings":
            return Reply(200, encode(pairing.sign_settings(self.settings(), self.key)))
        if path == "/enrolments":
            self.request = decode(body, EnrolmentRequest)
            return Reply(202, encode(EnrolmentOffer(uuid4(), self.key.verify_key().text, self.number)))
        return self._question(decode(body, EnrolmentQuestion).number)

    def _question(self, number: str) -> Reply:
        assert self.request is not None
        if not pairing.opens(self.request.commitment, number):
            return Reply(403, b'{"error":"This number does not open the request."}')
        station = VerifyKey(self.request.key)
        self.shown = pairing.code(station, self.key.verify_key(), number, self.number)
        state = self.states.pop(0)
        signed = pairing.sign_settings(self.settings(), self.key) if state is Approval.APPROVED else None
        return Reply(200, encode(EnrolmentAnswer(state, signed)))
