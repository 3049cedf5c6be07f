"""What people may call themselves and their workspaces, and the slugs that are made of names."""

import re
import unicodedata

from auth.errors import Invalid

LONGEST_EMAIL = 254  # RFC 5321 §4.5.3.1.3
LONGEST_NAME = 100
LONGEST_SLUG = 50
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# What shows nothing, so that one name would pass for another: fillers of Hangul, vowels of Khmer that are none, the joiner of
# graphemes, the blank of Braille, selectors of variants; of these emoji have some, and names may.
_FILLERS = "\u115f\u1160\u3164\uffa0\u17b4\u17b5\u034f\u2800\u180b-\u180f\U000e0100-\U000e01ef"
_SELECTORS = "\ufe00-\ufe0f"
_UNSEEN, _UNSEEN_IN_EMAIL = re.compile(f"[{_FILLERS}]"), re.compile(f"[{_FILLERS}{_SELECTORS}]")
_HIGHEST = 4  # marks upon each other; more are none of any script, and reach into the lines around
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)*")


def composed(text: str, longest: int) -> str:
    """Unicode's NFC of a text; of one that is longer than `longest` in any form, of the beginning, which is too long as well.

    To put marks in order takes Python time by the square of how many there are: 256 kB of them took 25 s. A letter is composed
    of four at most, so that what is cut off could not have made it short enough.
    """
    return unicodedata.normalize("NFC", text[: 4 * longest + 4])


def email(text: str, field: str = "email") -> str:
    """An e-mail address in the form that is stored. Raises `Invalid`.

    Capitals count only in ASCII: the small letter of İ is a plain i, by which an address would become another's.
    """
    found = composed(text.strip(), LONGEST_EMAIL)
    if len(found) > LONGEST_EMAIL or not _EMAIL.fullmatch(found) or not _plain(found) or _UNSEEN_IN_EMAIL.search(found):
        raise Invalid({field: "This is not an e-mail address: name@example.com."})
    if any(not character.isascii() and character.lower() != character for character in found):
        raise Invalid({field: "Write the letters of an e-mail address small."})
    return found


def name(text: str, field: str = "name") -> str:
    """A name of 1 to 100 characters on one line. Raises `Invalid`."""
    found = " ".join(composed(" ".join(text.split()), LONGEST_NAME).split())
    if not 1 <= len(found) <= LONGEST_NAME or not _plain(found) or not _shows(found):
        raise Invalid({field: f"A name has 1 to {LONGEST_NAME} characters, on one line."})
    return found


def typed(text: str) -> str:
    """An e-mail address as someone typed it to be looked up: in the form of those that are stored, whatever it is."""
    found = composed(text.strip(), LONGEST_EMAIL)[: LONGEST_EMAIL + 1]
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


def _shows(text: str) -> bool:
    """Something is to be seen, and all of it is, on its own line."""
    marks = highest = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        highest = max(highest, marks)
    return not _UNSEEN.search(text) and highest <= _HIGHEST and marks < len(text)


def _plain(text: str) -> bool:
    """No control characters, no lone surrogates, nothing that turns the direction of text."""
    return not any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in text)
