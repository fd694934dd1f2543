"""The support engineer's commands about instruments: ``instruments``, ``simulate``, ``listen``, ``decode``.

Only argument lists and printing; what is printed comes from the catalogue and the drivers. With ``--json``
nothing but JSON reaches standard output.
"""

import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event
from typing import TYPE_CHECKING

from msgspec.structs import replace

from devices.arguments import Arguments, line, port, speed
from devices.errors import DeviceError
from devices.events import Found, LineEvent, Lost, NotUnderstood, TwoAlike, Understood

if TYPE_CHECKING:
    from devices.capture import Recorder
    from devices.wire import Piece


def instruments(argv: Sequence[str]) -> int:
    """Every instrument model the house knows."""
    from devices.catalogue import CATALOGUE
    from devices.printed import dumps, model_json

    parser = Arguments(prog="instruments", description=instruments.__doc__)
    parser.add_argument("--json", action="store_true", help="as JSON")
    if parser.parse_args(argv).json:
        print(dumps([model_json(model) for model in CATALOGUE]))
        return 0
    for model in CATALOGUE:
        kinds = ", ".join(kind.value for kind in model.measures) or "identity"
        print(f"{model.slug:15} grade {model.grade}  {model.maker}: {model.name}\n{'':15} {kinds}")
    return 0


def decode(argv: Sequence[str]) -> int:
    """Readings from captured bytes, a line each."""
    from devices.catalogue import model_of
    from devices.decode import decode as decode_bytes
    from devices.printed import dumps, json_line, told_json
    from devices.session import Working

    parser = Arguments(prog="decode", description=decode.__doc__)
    parser.add_argument("model", help="a model of the instruments command")
    parser.add_argument("file", help="captured bytes, or a file of listen --capture; - for standard input")
    parser.add_argument("--json", action="store_true", help="as JSON lines")
    asked = parser.parse_args(argv)
    for told in decode_bytes(model_of(asked.model), _bytes_of(asked.file)):
        if not isinstance(told, Working):
            said = told_json(told)
            print(dumps(said) if asked.json else json_line(said))
    return 0


def listen(argv: Sequence[str]) -> int:
    """Readings from a live port, a line each, until Ctrl-C."""
    from devices.capture import Recorder
    from devices.catalogue import model_of
    from devices.line import Line
    from devices.wire import Piece

    parser = Arguments(prog="listen", description=listen.__doc__)
    parser.add_argument("model", help="a model of the instruments command")
    parser.add_argument("port", type=port, help="a device path or a pyserial URL")
    parser.add_argument("--json", action="store_true", help="as JSON lines")
    parser.add_argument("--line", type=line, help="speed and bits where they are not the model's: '4800 8N1'")
    parser.add_argument(
        "--capture", type=Path, help="a new file for every byte that passes, identities blanked"
    )
    asked = parser.parse_args(argv)
    model = model_of(asked.model)
    if asked.line is not None:
        model = replace(model, port=asked.line)
    recorder = None if asked.capture is None else Recorder(model, asked.capture)
    heard: SimpleQueue[LineEvent | Piece] = SimpleQueue()
    listened = Line(asked.model, model, asked.port, heard.put, keep=heard.put if recorder else None)
    stopping = _stopping()
    listened.open()
    while not stopping.is_set():
        try:
            event = heard.get(timeout=0.2)
        except Empty:
            continue
        if recorder is not None:
            recorder.note(event)
        if not isinstance(event, Piece):
            _print_event(event, as_json=asked.json)
    listened.close()
    if recorder is not None:
        _keep_the_rest(recorder, heard)
    return 0


def _keep_the_rest(recorder: "Recorder", heard: "SimpleQueue[LineEvent | Piece]") -> None:
    """What came between the last look and the closing of the port."""
    while not heard.empty():
        recorder.note(heard.get())
    recorder.close(time.monotonic())


def simulate(argv: Sequence[str]) -> int:
    """A simulated instrument that acts by itself; prints the path of its port."""
    from devices.catalogue import model_of
    from devices.simulators.bench import SimulatedInstrument
    from devices.simulators.samples import samples

    parser = Arguments(prog="simulate", description=simulate.__doc__)
    parser.add_argument("model", help="a model of the instruments command")
    parser.add_argument("--scenario", default="default", help="a scenario of that model")
    parser.add_argument("--speed", type=speed, default=1.0, help="divides the instrument's own times")
    asked = parser.parse_args(argv)
    model = model_of(asked.model)
    stopping = _stopping()
    instrument = SimulatedInstrument(model, asked.scenario, asked.speed)
    instrument.start()
    print(instrument.port, flush=True)
    stopping.wait(1.0)
    while not stopping.is_set():
        for act, seconds in samples(model.role):
            if stopping.is_set():
                break
            instrument.act(act)
            stopping.wait(seconds / asked.speed)
    instrument.stop()
    return 0


def _bytes_of(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise DeviceError(f"The file {name} cannot be read ({error.strerror}); give another.") from error


def _stopping() -> Event:
    """Set by Ctrl-C or SIGTERM, so that ports are given back before the program ends."""
    stopping = Event()

    def stop(_number: int, _frame: object) -> None:
        stopping.set()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    return stopping


def _about_the_port(event: LineEvent) -> str:
    match event:
        case Found():
            return "the port is open."
        case Lost():
            return "the port is away; waiting for it."
        case NotUnderstood(tail=tail):
            return f"what it says is not understood; is this the model, and the speed? Last: {tail.hex(' ')}"
        case TwoAlike(paths=paths):
            return f"{' and '.join(paths)} answer to this name; name one by its socket (usb:VID:PID@SOCKET)."
        case Understood():
            return "understood again."
    return ""


def _print_event(event: LineEvent, *, as_json: bool) -> None:
    """Values and refusals to standard output; what the port is like to standard error."""
    from devices.printed import dumps, event_json, json_line

    words = _about_the_port(event)
    if words:
        print(f"{event.instrument}: {words}", file=sys.stderr, flush=True)
        return
    said = event_json(event)
    if said is not None:
        print(dumps(said) if as_json else json_line(said), flush=True)
