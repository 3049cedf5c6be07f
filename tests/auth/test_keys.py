"""The secret file, and the keys that are derived from it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from auth import sealed
from auth.keys import Keys, SecretFileError, load


def test_the_first_start_makes_a_secret_that_only_its_owner_can_read(tmp_path: Path) -> None:
    file = tmp_path / "data" / "secret"
    keys = load(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(file.read_text().strip()) == 43
    assert load(file).jwt == keys.jwt
    assert list(file.parent.iterdir()) == [file]


def test_makers_at_the_same_moment_agree_on_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        made = list(pool.map(lambda _: load(tmp_path / "secret").jwt, range(64)))
    assert len(set(made)) == 1
    assert list(tmp_path.iterdir()) == [tmp_path / "secret"]


@pytest.mark.parametrize("mode", [0o604, 0o606, 0o620, 0o666, 0o777])
def test_a_secret_that_others_can_read_or_write_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "secret"
    load(file)
    file.chmod(mode)
    with pytest.raises(SecretFileError, match="chmod 600"):
        load(file)


def test_a_secret_that_is_too_short_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.touch(0o600)
    with pytest.raises(SecretFileError, match="32 bytes"):
        load(file)
    with pytest.raises(SecretFileError):
        Keys(b"short")


def test_each_purpose_has_a_key_of_its_own() -> None:
    keys = Keys(b"k" * 32)
    derived = {keys.jwt, keys.etags, keys.cursors, keys.refresh, keys.sign_in_state, b"k" * 32}
    assert len(derived) == 6
    assert {len(key) for key in derived} == {32}
    assert keys.setup_token == Keys(b"k" * 32).setup_token != Keys(b"x" * 32).setup_token


def test_what_is_sealed_is_opened_for_the_same_purpose_and_not_when_it_is_over() -> None:
    key, values = Keys(b"k" * 32).sign_in_state, {"state": "s"}
    text = sealed.seal(key, "google", values, seconds=60)
    assert sealed.unseal(key, "google", text) == values
    assert sealed.unseal(key, "another", text) is None
    assert sealed.unseal(bytes(32), "google", text) is None
    assert sealed.unseal(key, "google", sealed.seal(key, "google", values, seconds=-1)) is None


@pytest.mark.parametrize("text", ["", "x", "é", "A" * 30, "A" * 5000, "=", "\0"])
def test_what_was_never_sealed_is_not_opened(text: str) -> None:
    assert sealed.unseal(bytes(32), "google", text) is None
