"""One record becomes one FHIR R4 transaction: the same record and ids give the same bytes.

Only the clinic builds it, with its own ids. A record whose resident agreed to paper only never becomes one.
Simulated visits carry HTEST on every resource. This module must not send anything.
"""

from collections.abc import Iterator
from itertools import chain

import msgspec

from health.fhir.around import consent, devices, encounter, location, metrics, patient, specimen
from health.fhir.codes import ACT_REASON
from health.fhir.conclusions import provenance, report, risks
from health.fhir.parts import Coding, Meta, Request
from health.fhir.pressures import panels
from health.fhir.resources import AnyResource, Bundle, Entry, write
from health.fhir.setting import Holds, Ids, Setting
from health.fhir.totals import totals
from health.fhir.values import values
from health.record import Record

TEST = Meta(
    security=(Coding(system=ACT_REASON, code="HTEST", display="test health data"),),
    tag=(Coding(system=ACT_REASON, code="HTEST", display="test health data"),),
)


def bundle(record: Record, ids: Ids, holds: Holds = Holds.FINAL) -> bytes:
    """The transaction of ``record`` as JSON, each resource put under its id, marked as it ``holds``.

    An amended record, or one entered in error, is sent again whole: the same ids, other marks.

    Raises ``FhirError`` where the resident agreed to paper only, an instrument has no id in ``ids``, or a
    time has no zone.
    """
    entries = tuple(_entry(resource, ids.base) for resource in resources(record, ids, holds))
    return write(Bundle(type="transaction", entry=entries))


def resources(record: Record, ids: Ids, holds: Holds = Holds.FINAL) -> tuple[AnyResource, ...]:
    """The resources of ``record``, as its transaction has them. Raises ``FhirError`` as ``bundle`` does."""
    found = tuple(_resources(Setting(record, ids, holds)))
    if not (record.visit.demo or record.station.demo):
        return found
    return tuple(msgspec.structs.replace(resource, meta=TEST) for resource in found)


def _resources(setting: Setting) -> Iterator[AnyResource]:
    agreed, drop = consent(setting), specimen(setting)
    observations = (*panels(setting), *values(setting), *totals(setting))
    scores = tuple(risks(setting))
    said = report(setting, observations)
    yield patient(setting)
    yield location(setting)
    yield from devices(setting)
    yield encounter(setting)
    yield from (each for each in (agreed, drop) if each is not None)
    yield from chain(metrics(setting), observations, scores)
    yield said
    yield provenance(setting, (said, *scores))


def _entry(resource: AnyResource, base: str) -> Entry:
    url = f"{type(resource).__name__}/{resource.id}"
    return Entry(
        full_url=f"{base.rstrip('/')}/{url}", resource=resource, request=Request(method="PUT", url=url)
    )
