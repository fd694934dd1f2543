"""Which clinic a station joined stands in two files; one that is damaged takes it out of service never."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.daykey import DayKey
from kiosk.enrolment import Newcomer, enrol, membership, renew
from kiosk.pinned import FILE, SECOND
from tests.kiosk.fake_clinic import fake_clinic
from tests.kiosk.office import Office

WHO = Newcomer("kiosk-1", "康驿一号", "0.1", demo=True)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("damaged", [FILE, SECOND])
@pytest.mark.parametrize("how", ["gone", "empty", "cut", "zeroed", "altered", "noise"])
def test_one_damaged_file_takes_no_station_out_of_service(tmp_path: Path, damaged: str, how: str) -> None:
    office = Office()
    with fake_clinic() as clinic:
        clinic.switch = office.switch
        enrol(clinic.url, tmp_path, WHO, lambda _: None, sleep=lambda _: None)
        office.edition, office.told = 2, {"phone": "021-1111"}
        renew(tmp_path, NOW)
        file = tmp_path / damaged
        whole = file.read_bytes()
        harmed = {
            "empty": b"",
            "cut": whole[:50],
            "zeroed": bytes(len(whole)),
            "altered": whole.replace(b"021-1111", b"021-9999"),
            "noise": b"\xff" * 90,
        }
        file.unlink() if how == "gone" else file.write_bytes(harmed[how])
        joined = membership(tmp_path, DayKey(UUID(int=1), None))
        assert joined is not None
        assert joined.station.phone == "021-1111"
        office.edition, office.told = 3, {"phone": "021-2222"}
        assert renew(tmp_path, NOW).phone == "021-2222"
        assert (tmp_path / FILE).read_bytes() == (tmp_path / SECOND).read_bytes()
