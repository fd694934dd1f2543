"""The page a printed code leads to."""


def phone_page() -> tuple[str, str]:
    """The page and its content security policy."""
    return "", "default-src 'none'"
