"""The door to the simulators: each model of the catalogue from its other end, loaded when that is asked.

One function a row, of the row's name, as in ``devices.speaking``. Only a demonstration and the tools ask.
"""

from devices.model import Likeness


def shanghe_sh() -> Likeness:
    from devices.simulators import shanghe

    return Likeness(shanghe.SCENARIOS, shanghe.simulator)


def pelstar_esc() -> Likeness:
    from devices.simulators import pelstar

    return Likeness(pelstar.SCENARIOS, pelstar.simulator)


def astm_lis() -> Likeness:
    from devices.simulators import astm

    return Likeness(astm.SCENARIOS, astm.simulator)


def omron_hbp9030() -> Likeness:
    from devices.simulators import omron

    return Likeness(omron.SCENARIOS, omron.simulator)


def grip_line() -> Likeness:
    from devices.simulators import grip

    return Likeness(grip.SCENARIOS, grip.simulator)


def sam_idcard() -> Likeness:
    from devices.simulators import sam

    return Likeness(sam.SCENARIOS, sam.simulator)


def sma() -> Likeness:
    from devices.simulators import sma

    return Likeness(sma.SCENARIOS, sma.simulator)


def mt_sics() -> Likeness:
    from devices.simulators import mt_sics

    return Likeness(mt_sics.SCENARIOS, mt_sics.simulator)


def and_scale() -> Likeness:
    from devices.simulators import and_scale

    return Likeness(and_scale.SCENARIOS, and_scale.simulator)


def tanita() -> Likeness:
    from devices.simulators import tanita

    return Likeness(tanita.SCENARIOS, tanita.simulator)


def tanita_pc() -> Likeness:
    from devices.simulators import tanita_pc

    return Likeness(tanita_pc.SCENARIOS, tanita_pc.simulator)


def pelstar_live() -> Likeness:
    from devices.simulators import pelstar_live

    return Likeness(pelstar_live.SCENARIOS, pelstar_live.simulator)


def pelstar_binary() -> Likeness:
    from devices.simulators import pelstar_binary

    return Likeness(pelstar_binary.SCENARIOS, pelstar_binary.simulator)


def bcm_h10() -> Likeness:
    from devices.simulators import bcm_h10

    return Likeness(bcm_h10.SCENARIOS, bcm_h10.simulator)


def omron_hbp9020() -> Likeness:
    from devices.simulators import omron9020

    return Likeness(omron9020.SCENARIOS, omron9020.simulator)


def and_tm2655() -> Likeness:
    from devices.simulators import tm2655

    return Likeness(tm2655.SCENARIOS, tm2655.simulator)


def terumo() -> Likeness:
    from devices.simulators import terumo

    return Likeness(terumo.SCENARIOS, terumo.simulator)


def cardiochek() -> Likeness:
    from devices.simulators import cardiochek

    return Likeness(cardiochek.SCENARIOS, cardiochek.simulator)


def curo_l7() -> Likeness:
    from devices.simulators import curo

    return Likeness(curo.SCENARIOS, curo.simulator)


def codefree() -> Likeness:
    from devices.simulators import codefree

    return Likeness(codefree.SCENARIOS, codefree.simulator)


def taidoc() -> Likeness:
    from devices.simulators import taidoc

    return Likeness(taidoc.SCENARIOS, taidoc.simulator)


def nonin_8() -> Likeness:
    from devices.simulators import nonin

    return Likeness(nonin.SCENARIOS, nonin.format8)


def nonin_7() -> Likeness:
    from devices.simulators import nonin

    return Likeness(nonin.SCENARIOS_7, nonin.format7)


def qr_serial() -> Likeness:
    from devices.simulators import codes

    return Likeness(codes.SCENARIOS, codes.simulator)


def pn532() -> Likeness:
    from devices.simulators import pn532

    return Likeness(pn532.SCENARIOS, pn532.simulator)
