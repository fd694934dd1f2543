"""How much of a name may stand on a screen that others see."""


def masked(name: str) -> str:
    """``沈*珍``: the first and last character, so that nobody beside her reads it."""
    if len(name) < 2:
        return name
    return f"{name[0]}*" if len(name) == 2 else f"{name[0]}*{name[-1]}"
