"""Tables of what was erased and of what goes on to other servers. Tenant comes first in every key.

Names of columns and nothing else; a change here needs a migration beside it.
"""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text

from clinic.store.tables import LONG, METADATA

ERASED_VISIT = Table(
    "erased_visit",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("erased_at", String(40), nullable=False),
)
"""Visits that were erased, by their random id: what comes of them later is not taken in again."""

ERASED_PERSON = Table(
    "erased_person",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("hash", LargeBinary(32), primary_key=True),
    Column("erased_at", String(40), nullable=False),
)
"""Who was erased, by the keyed hash of a number: what was measured before that moment is not taken in."""

ERASED_ELSEWHERE = Table(
    "erased_elsewhere",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("target", String(32), primary_key=True),
    Column("visit", String(36), primary_key=True),
    Column("names", Text, nullable=False),
    Column("erased_at", String(40), nullable=False),
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_at", String(40), nullable=False),
    Column("status", Integer),
    Index("erased_elsewhere_by_time", "tenant", "target", "state", "next_at"),
)
"""What went on to another server before it was erased here. ``names``, a line each, is what it is called
there and nothing of a person. ``state``: asked, gone or refused."""

FORWARD = Table(
    "forward",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("target", String(32), primary_key=True),
    Column("visit", String(36), primary_key=True),
    Column("place_in_feed", LONG, nullable=False),
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("first_at", String(40), nullable=False),
    Column("next_at", String(40), nullable=False),
    Column("status", Integer),
    Column("why", String(64), nullable=False),
    Column("refused", Text, nullable=False, server_default=""),
    Index("forward_by_time", "tenant", "target", "state", "next_at"),
    Index("forward_by_visit", "tenant", "visit"),
    Index("forward_by_place", "tenant", "target", "place_in_feed"),
)
"""What goes on to another FHIR server: one row a visit, for the version at that place of the feed.

``state``: ready, sent or quarantined; ``refused`` are the types of the parts that the server does not take.
"""
