"""A driver in conversation: time-outs thrown in, half frames given up, nothing waited for in real time."""

from devices.drivers.shanghe import driver, framer
from devices.framing import Noise
from devices.session import Driver, Reason, Say, Session, Tell, TimeUp, Unread, Working, hear


def _asking() -> Driver:
    """Asks each 30 s; noise does not put the question off."""
    keep = False
    while True:
        yield Say(b"?") if not keep else Tell(Working("noisy"))
        try:
            heard = yield from hear(30, keep=keep)
            keep = isinstance(heard, Noise)
        except TimeUp:
            keep = False


def test_a_time_out_of_thirty_seconds_is_thrown_when_it_is_due_and_not_before() -> None:
    session = Session(_asking, framer)
    assert session.start(100.0) == (Say(b"?"),)
    assert session.deadline == 130.0
    assert session.tick(129.9) == ()
    assert session.tick(130.0) == (Say(b"?"),)
    assert session.deadline == 160.0


def test_a_kept_deadline_stays_where_it_was() -> None:
    session = Session(_asking, framer)
    session.start(0.0)
    assert session.receive(b"zz\r\n", 20.0) == (Tell(Working("noisy")),)
    assert session.tick(30.0) == (Say(b"?"),)


def test_a_half_frame_is_given_up_after_two_seconds_of_silence_and_told_as_cut() -> None:
    session = Session(driver, framer)
    session.start(0.0)
    assert session.receive(b"W:065.5", 0.0) == ()
    assert session.deadline == 2.0
    assert session.tick(1.9) == ()
    assert session.tick(2.0) == (Tell(Unread(Reason.CUT, 7, 0)),)
    assert session.deadline is None


def test_pieces_within_two_seconds_of_each_other_are_one_frame() -> None:
    session = Session(driver, framer)
    session.start(0.0)
    steps: tuple[Say | Tell, ...] = ()
    for place, piece in enumerate((b"W:06", b"5.5 H:", b"170.5")):
        session.tick(place * 1.2)
        steps += session.receive(piece, place * 1.2)
    assert len(steps) == 2


def test_what_a_driver_says_has_no_readable_form() -> None:
    assert "secret" not in repr(Say(b"secret"))
