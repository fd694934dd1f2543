"""From the settings to what the desk must know to keep the station true."""

from pathlib import Path

from devices.catalogue import model_of
from kiosk.settings import InstrumentPart, KioskSettings
from kiosk.upkeep.pepper import pepper_of
from kiosk.upkeep.rules import Kept, UpkeepRules


def rules_of(settings: KioskSettings, data: Path, software: str, *, demo: bool) -> UpkeepRules:
    """The rules of the station whose data lie in ``data``; its pepper is made there at the first call."""
    return UpkeepRules(
        instruments=kept_of(settings),
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
