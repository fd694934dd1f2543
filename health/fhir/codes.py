"""Every code the bundles use, each chosen once: LOINC with its UCUM unit, and the HL7 systems.

LOINC names and units: LOINC core table, and the published vital-signs list of FHIR R4. Molar codes only;
their mg/dL twins stand here to be refused. This module must not know a visit. The text of LOINC is used
under its licence (see NOTICE).
"""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from devices.reading import Quantity
from health.fhir.parts import Coding, Concept
from health.visit import Skip

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
TERMS = "http://terminology.hl7.org/CodeSystem/"
ABSENT = TERMS + "data-absent-reason"
INTERPRETATION = TERMS + "v3-ObservationInterpretation"
CATEGORY = TERMS + "observation-category"
YES_NO = TERMS + "v2-0136"
ACT_CODE = TERMS + "v3-ActCode"
ACT_REASON = TERMS + "v3-ActReason"
SPECIMEN_TYPE = TERMS + "v2-0487"
CONSENT_SCOPE = TERMS + "consentscope"
AGENT_TYPE = TERMS + "provenance-participant-type"
TOTALS_LOCAL = "urn:kangyi:scale"
"""Scales whose total has no LOINC code that was found."""
LOCAL = "urn:kangyi:value"
"""What has no LOINC code: pulse pressure, and a mean pressure that no device said."""
GATEWAY = "http://hl7.org/fhir/StructureDefinition/observation-gatewayDevice"
VITAL, LABORATORY, EXAM, SURVEY = "vital-signs", "laboratory", "exam", "survey"


class Term(msgspec.Struct, frozen=True):
    """One LOINC code: its name ("" where none was read), its UCUM unit ("" where none), its category."""

    code: str
    display: str
    unit: str = ""
    category: str = VITAL

    def concept(self, *others: "Term") -> Concept:
        """The code (and what else the same value is called) as FHIR writes it."""
        terms = (self, *others)
        return Concept(
            coding=tuple(Coding(system=LOINC, code=t.code, display=t.display or None) for t in terms)
        )


PRESSURE = Term("85354-9", "Blood pressure panel with all children optional")
MEAN_PRESSURE = Term("96607-7", "Blood pressure panel mean systolic and mean diastolic")
SYSTOLIC = Term("8480-6", "Systolic blood pressure", "mm[Hg]")
DIASTOLIC = Term("8462-4", "Diastolic blood pressure", "mm[Hg]")
MEAN_SYSTOLIC = Term("96608-5", "Systolic blood pressure mean", "mm[Hg]")
MEAN_DIASTOLIC = Term("96609-3", "Diastolic blood pressure mean", "mm[Hg]")
BMI = Term("39156-5", "Body mass index (BMI) [Ratio]", "kg/m2")
OXYGEN_BY_LIGHT = Term("59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry", "%")
PULSE_BY_LIGHT = Term("8889-8", "Heart rate by Pulse oximetry", "/min")
_LDL = "Cholesterol in LDL [Moles/volume] in Serum or Plasma"
LDL = Term("39469-2", f"{_LDL} by calculation", "mmol/L", LABORATORY)
LDL_MARTIN = Term("96258-9", f"{_LDL} Calculated by Martin-Hopkins", "mmol/L", LABORATORY)
NON_HDL = Term("70204-3", "Cholesterol non HDL [Moles/volume] in Serum or Plasma", "mmol/L", LABORATORY)
GLUCOSE_FASTING = Term(
    "14770-2", "Fasting glucose [Moles/volume] in Capillary blood by Glucometer", "mmol/L", LABORATORY
)
FASTING = Term("49541-6", "Fasting status - Reported", category=LABORATORY)
REPORT = Term("53576-5", "Personal health monitoring report Document")
CONSENT = Term("59284-0", "Consent Document")

TERMS_OF: Mapping[Quantity, Term] = MappingProxyType(
    {
        Quantity.BODY_HEIGHT: Term("8302-2", "Body height", "cm"),
        Quantity.BODY_WEIGHT: Term("29463-7", "Body weight", "kg"),
        Quantity.SYSTOLIC: SYSTOLIC,
        Quantity.DIASTOLIC: DIASTOLIC,
        Quantity.PULSE: Term("8867-4", "Heart rate", "/min"),
        Quantity.TOTAL_CHOLESTEROL: Term(
            "14647-2", "Cholesterol [Moles/volume] in Serum or Plasma", "mmol/L", LABORATORY
        ),
        Quantity.HDL: Term(
            "14646-4", "Cholesterol in HDL [Moles/volume] in Serum or Plasma", "mmol/L", LABORATORY
        ),
        Quantity.TRIGLYCERIDES: Term(
            "14927-8", "Triglyceride [Moles/volume] in Serum or Plasma", "mmol/L", LABORATORY
        ),
        # The panels of the meters here calculate it; none measures it directly (that would be 69419-0).
        Quantity.LDL: LDL,
        Quantity.GLUCOSE: Term(
            "14743-9", "Glucose [Moles/volume] in Capillary blood by Glucometer", "mmol/L", LABORATORY
        ),
        Quantity.SPO2: Term("2708-6", "Oxygen saturation in Arterial blood", "%"),
        # 83174-3 and 83173-5 are the only two grip strength observations of LOINC.
        Quantity.GRIP_LEFT: Term("83173-5", "Grip strength Hand - left Dynamometer", "kg", EXAM),
        Quantity.GRIP_RIGHT: Term("83174-3", "Grip strength Hand - right Dynamometer", "kg", EXAM),
        Quantity.WAIST: Term("8280-0", "Waist Circumference at umbilicus by Tape measure", "cm", EXAM),
        Quantity.BODY_FAT: Term("41982-0", "Percentage of body fat Measured", "%", EXAM),
    }
)
DERIVED: Mapping[str, Term] = MappingProxyType(
    {
        "bmi": BMI,
        "non_hdl": NON_HDL,
        "ldl_sampson": LDL,
        "ldl_friedewald": LDL,
        "ldl_martin_hopkins": LDL_MARTIN,
    }
)
LOCAL_UNITS: Mapping[str, str] = MappingProxyType({"pulse_pressure": "mm[Hg]", "mean_pressure": "mm[Hg]"})
LOCAL_NAMES: Mapping[str, str] = MappingProxyType(
    {"pulse_pressure": "Pulse pressure", "mean_pressure": "Mean arterial pressure, calculated"}
)
DERIVED_METHODS: Mapping[str, str] = MappingProxyType(
    {
        "bmi": "weight / height squared",
        "non_hdl": "total minus HDL cholesterol",
        "ldl_sampson": "Sampson-NIH 2020",
        "ldl_friedewald": "Friedewald 1972",
        "ldl_martin_hopkins": "Martin-Hopkins 2013",
        "pulse_pressure": "systolic minus diastolic",
        "mean_pressure": "diastolic plus a third of the pulse pressure",
    }
)
# Totals of scales; the name stands only where it was read in two public code lists.
TOTALS: Mapping[str, Term] = MappingProxyType(
    {
        "phq9": Term(
            "44261-6",
            "Patient Health Questionnaire 9 item (PHQ-9) total score [Reported]",
            "{score}",
            SURVEY,
        ),
        "gad7": Term(
            "70274-6",
            "Generalized anxiety disorder 7 item (GAD-7) total score [Reported.PHQ]",
            "{score}",
            SURVEY,
        ),
        "gds15": Term("48545-8", "", "{score}", SURVEY),
        "mini_cog": Term("72234-8", "", "{score}", SURVEY),
    }
)
TOTALS_WITHOUT_CODE = ("ad8", "frail", "sarc_f", "self_care")
ALL = (
    *TOTALS.values(),
    *TERMS_OF.values(),
    *(PRESSURE, MEAN_PRESSURE, MEAN_SYSTOLIC, MEAN_DIASTOLIC, BMI, OXYGEN_BY_LIGHT, PULSE_BY_LIGHT),
    *(LDL_MARTIN, NON_HDL, GLUCOSE_FASTING, FASTING, REPORT, CONSENT),
)
MASS_TWINS = ("2093-3", "2085-9", "2571-8", "13457-7", "43396-1", "41653-7", "41604-0")
"""Codes of mg/dL values; never beside a molar unit, so never here."""

# hl7.org/fhir/R4/valueset-data-absent-reason
ABSENT_REASONS: Mapping[Skip, str] = MappingProxyType(
    {
        Skip.DECLINED: "asked-declined",
        Skip.INSTRUMENT_AWAY: "error",
        Skip.NO_RESULT: "error",
        Skip.PENDING: "temp-unknown",
        Skip.STAFF_AWAY: "not-performed",
        Skip.NOT_REACHED: "not-performed",
        Skip.NOT_SAFE: "not-performed",
    }
)


def check_digit(code: str) -> bool:
    """Whether ``code`` ends in its own LOINC check digit (mod 10, Luhn; LOINC Users' Guide, appendix A)."""
    number, dash, digit = code.rpartition("-")
    if not (dash and number.isdecimal() and digit.isdecimal() and len(digit) == 1):
        return False
    doubled = [int(n) * (2 - place % 2) for place, n in enumerate(reversed(number))]
    return (10 - sum(n // 10 + n % 10 for n in doubled) % 10) % 10 == int(digit)


def coded(system: str, code: str, display: str | None = None) -> Concept:
    """A concept of one code."""
    return Concept(coding=(Coding(system=system, code=code, display=display),))
