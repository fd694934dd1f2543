"""What a host says to an analyser: which tests a specimen wants, and what an analyser asks of it.

An order names the specimen by its ticket and nobody by name: the P record is empty. A query (Q record) asks
what a specimen wants; a specimen that is not known here is answered by "no information".
Source: LIS02-A2 records H, P, O, Q, L; field numbers are the standard's.
"""

from devices.codecs.astm_records import split
from devices.session import RefusedError

_HEADER = "H|\\^&|||KANGYI|||||||P|LIS2-A2"
_PATIENT = "P|1"
_DONE = "F"
_NO_INFORMATION = "I"
_LONGEST = 32


def order(specimen: str, codes: tuple[str, ...], end: str = "N") -> tuple[bytes, ...]:
    """The records of a new specimen's order, routine, to be analysed. ``specimen`` holds no delimiter."""
    tests = "\\".join(f"^^^{code}" for code in codes)
    asked = f"O|1|{specimen}||{tests}|R||||||N||||||||||||||O"
    return _records(_HEADER, _PATIENT, asked, f"L|1|{end}")


def answer(specimen: str, codes: tuple[str, ...]) -> tuple[bytes, ...]:
    """The answer to a query for a known specimen."""
    return order(specimen, codes, _DONE)


def no_information() -> tuple[bytes, ...]:
    """The answer to a query for a specimen that nobody announced."""
    return _records(_HEADER, f"L|1|{_NO_INFORMATION}")


def query(specimen: str) -> tuple[bytes, ...]:
    """An analyser's question what this specimen wants."""
    return _records("H|\\^&|||LIPID-SIM^SN0001^1.0|||||KIOSK||P|LIS2-A2", f"Q|1|^{specimen}||ALL", "L|1|N")


def queried(text: bytes, encoding: str) -> tuple[str, ...]:
    """The specimens that a whole message asks for; none where it cannot be read."""
    try:
        records = split(text, encoding)
    except RefusedError:
        return ()
    asked = [record for record in records if record.letter == "Q"]
    return tuple((record.component(3, 2) or record.component(3, 1))[:_LONGEST] for record in asked)


def ordered(text: bytes) -> tuple[str, tuple[str, ...]] | None:
    """Specimen and test codes of an order as an analyser reads it; None of any other message."""
    try:
        records = [record for record in split(text) if record.letter == "O"]
    except RefusedError:
        return None
    if not records:
        return None
    codes = tuple(repeat.split("^")[-1] for repeat in records[0].repeats(5))
    return records[0].component(3, 1), codes


def _records(*lines: str) -> tuple[bytes, ...]:
    return tuple(f"{line}\r".encode("latin-1") for line in lines)
