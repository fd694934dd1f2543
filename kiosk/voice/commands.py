"""The command ``voice``: what a person has to record, how a sentence sounds, and the sounds themselves."""

from collections.abc import Sequence
from pathlib import Path

from health.arguments import Arguments
from kiosk.arguments import language


def voice(argv: Sequence[str]) -> int:
    """``voice missing``, ``voice say TEXT -o FILE``, ``voice sounds``."""
    parser = Arguments("voice", description="The voice of the kiosk.")
    does = parser.add_subparsers(dest="does", required=True, metavar="missing | say | sounds")
    missing = does.add_parser("missing", help="what a person has to record for a pack of clips")
    missing.add_argument("--lang", type=language, default="zh_CN", help="the language of the pack (zh_CN)")
    say = does.add_parser("say", help="a sentence as the kiosk says it, as a WAV file")
    say.add_argument("text")
    say.add_argument("-o", "--out", type=Path, required=True, metavar="FILE")
    say.add_argument("--lang", type=language, default="zh_CN", help="the language of the sentence (zh_CN)")
    does.add_parser("sounds", help="write the sounds of the kiosk to assets/sounds")
    asked = parser.parse_args(argv)
    if asked.does == "missing":
        return _missing(asked.lang)
    if asked.does == "say":
        return _say(asked.text, asked.lang, asked.out)
    return _sounds()


def _missing(name: str) -> int:
    from health.words import words_of
    from kiosk.voice.clips import pack_of
    from kiosk.voice.recording import to_record
    from kiosk.voice.tongues import TONGUES

    words = words_of(name)
    lines = to_record(words, pack_of(words))
    for line in lines:
        print(f"{line.why:8} {line.key:32} {line.words}")
    rest = (
        "the engine says them"
        if name in TONGUES
        else "nothing says them, it has no voice (docs/adding-a-voice.md)"
    )
    print(f"{len(lines)} sentences of {name} are not recorded; {rest}.")
    return 0


def _say(text: str, name: str, out: Path) -> int:
    from kiosk.voice.errors import VoiceError
    from kiosk.voice.hearing import Pace
    from kiosk.voice.speech import Speech
    from kiosk.voice.tongues import TONGUES

    if name not in TONGUES:
        raise VoiceError(f"{name} has no voice; docs/adding-a-voice.md says how it gets one.")
    speech = Speech()
    if not speech.can(name):
        raise VoiceError(f"Nothing speaks {name} here; install espeak-ng.")
    wave = speech.wave(text, name, Pace.USUAL)
    try:
        out.write_bytes(wave.file())
    except OSError as error:
        raise VoiceError(f"{out} cannot be written ({error.strerror}); choose another place.") from error
    print(f"{out}: {wave.seconds:.1f} s")
    return 0


def _sounds() -> int:
    from kiosk.voice.chimes import chime
    from kiosk.voice.mouth import SOUNDS
    from kiosk.voice.sounds import Sound

    SOUNDS.mkdir(exist_ok=True)
    for sound in Sound:
        (SOUNDS / f"{sound}.wav").write_bytes(chime(sound).file())
        print(SOUNDS / f"{sound}.wav")
    return 0
