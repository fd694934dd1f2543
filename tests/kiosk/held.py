"""What this process holds, with what Python's collector leaves out because it holds only texts."""

import gc


def everything_held() -> list[object]:
    """All that the collector counts, and all that one of those holds; some stand there more than once."""
    counted = gc.get_objects()
    return [*counted, *gc.get_referents(*counted)]
