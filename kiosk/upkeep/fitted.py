"""From the settings to what the desk must know to keep the station true."""

from pathlib import Path

from devices.catalogue import model_of
from health.settings import SettingsError
from kiosk.settings import InstrumentPart, KioskSettings
from kiosk.upkeep.pepper import pepper_of
from kiosk.upkeep.rules import Kept, UpkeepRules


def rules_of(settings: KioskSettings, data: Path, software: str, *, demo: bool) -> UpkeepRules:
    """The rules of the station whose data lie in ``data``; its pepper is made there at the first call.

    Raises ``SettingsError`` where an instrument is to be checked and nothing is said of its plate.
    """
    instruments = kept_of(settings)
    for kept in instruments:
        asked = {quantity for quantity in kept.measures if settings.upkeep.asks_to_check(kept.id, quantity)}
        if not kept.simulated and any(kept.span(quantity) is None for quantity in asked):
            raise SettingsError(
                f"[upkeep] asks for checks of {kept.id!r}, but nothing is said of its plate; add `plate`."
            )
    return UpkeepRules(
        instruments=instruments,
        asked=settings.upkeep,
        zone=settings.station.zone,
        pepper=pepper_of(data),
        software=software,
        demo=demo,
        badges=settings.badges,
    )


def kept_of(settings: KioskSettings) -> tuple[Kept, ...]:
    """Every instrument of ``settings``. Raises ``DeviceError`` for an unknown model."""
    return tuple(_kept(part) for part in settings.instrument)


def _kept(part: InstrumentPart) -> Kept:
    model = model_of(part.model)
    spans = tuple(plate.span(part.id) for plate in part.plate)
    return Kept(part.id, model.slug, model.role, model.measures, part.scenario is not None, spans)
