"""Every instrument model the house knows, in one ordered tuple.

The flow, the commands, the simulators, the tests and ``docs/instruments.md`` all read this and nothing else.
"""

from devices.errors import DeviceError
from devices.model import Model

CATALOGUE: tuple[Model, ...] = ()


def model_of(slug: str) -> Model:
    """The model of that slug. Raises ``DeviceError`` naming the known ones."""
    for model in CATALOGUE:
        if model.slug == slug:
            return model
    known = ", ".join(model.slug for model in CATALOGUE)
    raise DeviceError(f"No instrument model is called {slug!r}. Known: {known}.")
