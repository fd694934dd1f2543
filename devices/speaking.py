"""The door to drivers and codecs: how each model of the catalogue is spoken with, loaded when that is asked.

One function a row, of the row's name, so that a station loads the few instruments it has and a type checker
still sees every driver. Nothing else in the house imports ``devices.drivers``. Any thread may call these.
"""

from devices.blanking import always
from devices.model import Speech


def shanghe_sh() -> Speech:
    from devices.drivers import shanghe

    return Speech(shanghe.driver, shanghe.framer)


def pelstar_esc() -> Speech:
    from devices.codecs import pelstar as pelstar_codec
    from devices.drivers import pelstar

    return Speech(pelstar.driver, pelstar.framer, always(pelstar_codec.blanked))


def astm_lis() -> Speech:
    from devices.codecs import astm_blank
    from devices.drivers import astm

    return Speech(astm.driver, astm.framer, astm_blank.blank)


def omron_hbp9030() -> Speech:
    from devices.codecs import omron as omron_codec
    from devices.drivers import omron

    return Speech(omron.driver, omron.framer, always(omron_codec.blank))


def grip_line() -> Speech:
    from devices.drivers import grip

    return Speech(grip.driver, grip.framer)


def sam_idcard() -> Speech:
    from devices.drivers import sam

    return Speech(sam.driver, sam.framer)


def sma() -> Speech:
    from devices.drivers import sma

    return Speech(sma.driver, sma.framer)


def mt_sics() -> Speech:
    from devices.drivers import mt_sics

    return Speech(mt_sics.driver, mt_sics.framer)


def and_scale() -> Speech:
    from devices.drivers import and_scale

    return Speech(and_scale.driver, and_scale.framer)


def tanita() -> Speech:
    from devices.codecs import tanita as tanita_codec
    from devices.drivers import tanita

    return Speech(tanita.driver, tanita.framer, always(tanita_codec.blank))


def tanita_pc() -> Speech:
    from devices.codecs import tanita as tanita_codec
    from devices.drivers import tanita_pc

    return Speech(tanita_pc.driver, tanita_pc.framer, always(tanita_codec.blank))


def pelstar_live() -> Speech:
    from devices.codecs import pelstar as pelstar_codec
    from devices.drivers import pelstar_live

    return Speech(pelstar_live.driver, pelstar_live.framer, always(pelstar_codec.blanked))


def pelstar_binary() -> Speech:
    from devices.drivers import pelstar_binary

    return Speech(pelstar_binary.driver, pelstar_binary.framer)


def bcm_h10() -> Speech:
    from devices.drivers import bcm_h10

    return Speech(bcm_h10.driver, bcm_h10.framer)


def omron_hbp9020() -> Speech:
    from devices.codecs import omron9020 as omron9020_codec
    from devices.drivers import omron9020

    return Speech(omron9020.driver, omron9020.framer, always(omron9020_codec.blank))


def and_tm2655() -> Speech:
    from devices.codecs import tm2655 as tm2655_codec
    from devices.drivers import tm2655

    return Speech(tm2655.driver, tm2655.framer, always(tm2655_codec.blanked), stop_with=tm2655_codec.STOP)


def terumo() -> Speech:
    from devices.codecs import terumo as terumo_codec
    from devices.drivers import terumo

    return Speech(terumo.driver, terumo.framer, always(terumo_codec.blanked))


def cardiochek() -> Speech:
    from devices.codecs import cardiochek as cardiochek_codec
    from devices.drivers import cardiochek

    return Speech(cardiochek.driver, cardiochek.framer, always(cardiochek_codec.blank))


def curo_l7() -> Speech:
    from devices.drivers import curo

    return Speech(curo.driver, curo.framer)


def codefree() -> Speech:
    from devices.drivers import codefree

    return Speech(codefree.driver, codefree.framer)


def taidoc() -> Speech:
    from devices.drivers import taidoc

    return Speech(taidoc.driver, taidoc.framer)


def nonin_8() -> Speech:
    from devices.drivers import nonin8

    return Speech(nonin8.driver, nonin8.framer)


def nonin_7() -> Speech:
    from devices.drivers import nonin7

    return Speech(nonin7.driver, nonin7.framer)


def qr_serial() -> Speech:
    from devices.drivers import codes

    return Speech(codes.driver, codes.framer)


def pn532() -> Speech:
    from devices.drivers import pn532

    return Speech(pn532.driver, pn532.framer)
