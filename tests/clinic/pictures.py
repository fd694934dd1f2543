"""``python -m tests.clinic.pictures FOLDER``: the clinic's pages with synthetic people, as pictures."""

import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace
from msgspec.structs import replace as changed

from clinic import sessions
from clinic.accounts import add_staff
from clinic.follow_up import Call, write_down
from clinic.invitations import Invited, hang_up, invite
from clinic.reasons import Outcome
from clinic.roles import Role
from clinic.store.tasks import Task, open_tasks
from clinic.streets import place
from health.envelope import Kind
from health.ids import new_id
from health.station_report import write_report
from health.visit import CallOutcome, Resident, Sex, StaffCall, Visit
from tests.clinic.running import NURSE, PASSWORD, Running, clinic_at
from tests.clinic.stations import A_REPORT, FakeStation, visit_of
from tests.clinic.telephone import telephone

PEOPLE = (
    ("赵凤英", Sex.FEMALE, 1947, "188", "112"),
    ("吴建国", Sex.MALE, 1954, "183", "111"),
    ("陈国强", Sex.MALE, 1958, "168", "102"),
    ("林淑芬", Sex.FEMALE, 1952, "156", "92"),
    ("黄志明", Sex.MALE, 1956, "149", "88"),
    ("周美珍", Sex.FEMALE, 1945, "152", "84"),
    ("沈玉珍", Sex.FEMALE, 1940, "146", "75"),
    ("郑秀兰", Sex.FEMALE, 1958, "142", "91"),
)
STREETS = ("晚晴路", "晚晴路", "东河街", "东河街", "")
PLACES = ("晚晴里", "梅园里", "东河", "石桥", "北园")
SCREENS = {"desk": (1440, 1000), "tablet": (820, 1100), "phone": (390, 844), "wall": (1920, 1080)}
PAGES = {"worklist": "/worklist", "fleet": "/stations", "roster": "/roster", "staff": "/staff"}


def _person(at: int) -> Resident:
    name, sex, year, *_ = PEOPLE[at]
    return Resident(
        sex=sex,
        birth_date=date(year, 5, 11),
        name=name,
        identity=f"310101{year}0511{at:04}",
        phone=f"139 0000 44{80 + at}",
    )


def _visit(at: int, opened: datetime) -> Visit:
    *_, high, low = PEOPLE[at]
    visit = visit_of(_person(at), systolic=high, diastolic=low)
    if at == 0:
        call = StaffCall(
            opened + timedelta(minutes=7), opened + timedelta(minutes=9), "S014", CallOutcome.RESTED
        )
        visit = replace(visit, call=call)
    return replace(visit, opened_at=opened, closed_at=opened + timedelta(minutes=12), on=opened.date())


def furnish(running: Running) -> list[FakeStation]:
    """Stations, visits, an overdue task or two, and calls that were made."""
    stations = [running.station(f"s-{n}") for n, _ in enumerate(PLACES)]
    now = datetime.now(UTC)
    with running.clinic.store.writing() as connection:
        for made, name in zip(stations, PLACES, strict=True):
            named = "UPDATE station SET name = ? WHERE id = ?"
            connection.exec_driver_sql(named, (name, made.id))
    for placed, street in zip(stations, STREETS, strict=True):
        place(running.clinic, placed.id, street, NURSE)
    for n, station in enumerate(stations):
        station.boot = new_id()
        waits = {"waiting": 3, "oldest": now - timedelta(minutes=130)} if n == 3 else {}
        told = write_report(changed(A_REPORT, paper="paper_out" if n == 1 else "ready", **waits))
        about = {"kind": Kind.STATION, "visit": None, "wall": now}
        running.put(station.envelope(visit_of(), told, **about))
    for at in range(len(PEOPLE)):
        station = stations[at % 5]
        for months in (6, 3, 1, 0) if at == 0 else (0,):
            opened = now - timedelta(minutes=20 * at + 9, days=30 * months)
            running.put(station.envelope(_visit(at, opened), wall=now))
    with running.clinic.store.writing() as connection:
        tasks = open_tasks(connection, "clinic")
        for days, one in zip((7, 4, 2, 1), (one for one in tasks if one.level == 2), strict=False):
            late = (now - timedelta(days=days)).isoformat()
            connection.exec_driver_sql("UPDATE task SET due_at = ? WHERE id = ?", (late, one.id))
        for one, outcome in zip(tasks[2:5], (Outcome.NO_ANSWER, Outcome.LATER, Outcome.AGREED), strict=False):
            write_down(connection, "clinic", one.id, Call(NURSE, outcome), now)
    return stations


def draw(folder: Path) -> None:
    """Every page in both languages on a desk's screen, a tablet's and a telephone's."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as kept, clinic_at(Path(kept) / "clinic") as running:
        furnish(running)
        add_staff(running.clinic, NURSE, PASSWORD, Role.ADMIN)
        add_staff(running.clinic, "周医生", PASSWORD, Role.READER)
        add_staff(running.clinic, "刘敏", PASSWORD, Role.CALLER, team="晚晴一组")
        invite(running.clinic, Invited("陈波", Role.CALLER, "晚晴二组"), NURSE)
        code = invite(running.clinic, Invited("大厅", Role.WALL), NURSE)
        with running.clinic.store.reading() as connection:
            first = open_tasks(connection, "clinic")[0]
        for device, (wide, high) in SCREENS.items():
            with telephone(Path(kept) / device, wide=wide, high=high, sharp=1) as browser:
                link = sessions.open_session(running.clinic, NURSE, sessions.LINK)
                browser.open(f"{running.url}/login?link={link}")
                for language in ("zh_CN", "en"):
                    browser.ask("Network.setCookie", name="kangyi_language", value=language, url=running.url)
                    for name, address in pages(first, device).items():
                        browser.go(running.url + address)
                        browser.picture(folder / f"clinic-{name}-{language}-{device}.png", whole=False)
                if device == "wall":
                    token = hang_up(running.clinic, code)
                    browser.ask("Network.setCookie", name="kangyi", value=str(token), url=running.url)
                    browser.go(f"{running.url}/board")
                    browser.picture(folder / "clinic-counts-en-wall.png", whole=False)


def pages(first: Task, device: str) -> dict[str, str]:
    """Each page by the name of its picture; ``first`` is the task at the top of the list."""
    if device == "wall":
        return {"board": "/board"}
    if device == "phone":
        return {
            "resident": f"/residents/{first.subject}",
            "open": f"/worklist?open={first.id}",
            "account": "/account",
            "code": "/login/code",
            **PAGES,
        }
    return {"resident": f"/residents/{first.subject}", "open": f"/worklist?open={first.id}", **PAGES}


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
