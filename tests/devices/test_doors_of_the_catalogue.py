"""The catalogue tells all of a model without loading it; driver and simulator come when asked for."""

import inspect
import subprocess
import sys

import pytest

from devices import likenesses, speaking
from devices.catalogue import CATALOGUE
from devices.model import Model
from devices.session import Session
from devices.simulators.stage import Stage
from tests.house.tree import ROOT

_LOADED = (
    "print(*sorted(m for m in sys.modules if m.startswith("
    "('devices.drivers.', 'devices.codecs.', 'devices.simulators.'))))"
)


def _loaded_by(said: str) -> list[str]:
    """The modules of instruments that are loaded once ``said`` ran in a Python of its own."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {said}; {_LOADED}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.split()


def test_the_catalogue_loads_no_driver_no_codec_and_no_simulator() -> None:
    assert _loaded_by("import devices.catalogue") == []


def test_who_speaks_with_one_model_loads_that_one_and_no_simulator() -> None:
    loaded = _loaded_by("from devices.catalogue import model_of; model_of('shanghe-sh').driver")
    assert {"devices.drivers.shanghe", "devices.codecs.shanghe"} <= set(loaded)
    assert [name for name in loaded if "simulators" in name] == []
    own = {"devices.drivers.shanghe", "devices.drivers.listening"}
    assert {name for name in loaded if "drivers" in name} <= own


@pytest.mark.parametrize("model", CATALOGUE, ids=lambda model: model.slug)
def test_every_row_speaks_and_has_its_likeness(model: Model) -> None:
    session = Session(model.driver, model.framer)
    session.start(0.0)
    session.close()
    Stage(model.simulator(1.0))
    assert model.scenarios[0] == "default"


def test_every_row_goes_through_the_doors_of_its_own_name_and_no_door_leads_nowhere() -> None:
    names = [model.slug.replace("-", "_") for model in CATALOGUE]
    assert [model.speech.__name__ for model in CATALOGUE] == names
    assert [model.likeness.__name__ for model in CATALOGUE] == names
    for doors in (speaking, likenesses):
        made_here = (one for _, one in inspect.getmembers(doors, inspect.isfunction))
        assert sorted(one.__name__ for one in made_here if one.__module__ == doors.__name__) == sorted(names)
