"""How soon a clinic looks after somebody again who is in no danger: its own choice, within limits.

What is urgent is not chosen here: who is in danger is reached the same day and followed for two weeks at most
(national service standard for hypertension), wherever the clinic is.
"""

from typing import Annotated

import msgspec


class Pace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a task is due again: ``agreed_days`` after she agreed to come, ``later_days`` after "later".

    The defaults are those of the follow-up that Simple.org uses.
    """

    agreed_days: Annotated[int, msgspec.Meta(ge=1, le=90)] = 30
    later_days: Annotated[int, msgspec.Meta(ge=1, le=30)] = 7


USUAL = Pace()
