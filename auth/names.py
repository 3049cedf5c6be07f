"""What people may call themselves and their workspaces, and the slugs that are made of names."""

import re
import unicodedata

from auth.errors import Invalid

LONGEST_EMAIL = 254  # RFC 5321 §4.5.3.1.3
LONGEST_NAME = 100
LONGEST_SLUG = 50
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)*")


def email(text: str, field: str = "email") -> str:
    """An e-mail address in the form that is stored. Raises `Invalid`."""
    found = unicodedata.normalize("NFC", text.strip())
    if len(found) > LONGEST_EMAIL or not _EMAIL.fullmatch(found) or not _plain(found):
        raise Invalid({field: "This is not an e-mail address: name@example.com."})
    return found


def name(text: str, field: str = "name") -> str:
    """A name of 1 to 100 characters on one line. Raises `Invalid`."""
    found = " ".join(unicodedata.normalize("NFC", text).split())
    if not 1 <= len(found) <= LONGEST_NAME or not _plain(found):
        raise Invalid({field: f"A name has 1 to {LONGEST_NAME} characters, on one line."})
    return found


def typed(text: str) -> str:
    """An e-mail address as someone typed it to be looked up: in the form of those that are stored, whatever it is."""
    found = unicodedata.normalize("NFC", text.strip())[: LONGEST_EMAIL + 1]
    return found if _plain(found) else "?"


def person(address: str, display_name: str) -> tuple[str, str]:
    """An e-mail address and a display name. Raises `Invalid` that names both when both are wrong."""
    wrong: dict[str, str] = {}
    found = ["", ""]
    for place, (check, text, field) in enumerate(((email, address, "email"), (name, display_name, "displayName"))):
        try:
            found[place] = check(text, field)
        except Invalid as error:
            wrong |= error.fields
    if wrong:
        raise Invalid(wrong)
    return found[0], found[1]


def slug(text: str, field: str = "slug") -> str:
    """A slug that someone chose. Raises `Invalid`."""
    found = text.strip().lower()
    if len(found) > LONGEST_SLUG or not SLUG.fullmatch(found):
        raise Invalid({field: f"A slug has 1 to {LONGEST_SLUG} letters a–z, digits and single hyphens between them."})
    return found


def slug_of(text: str) -> str:
    """A slug made of a name: "Émile's team" gives "emiles-team"; "workspace" where nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LONGEST_SLUG - 10].strip("-") or "workspace"


def _plain(text: str) -> bool:
    """No control characters, no lone surrogates, nothing that turns the direction of text."""
    return not any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in text)
