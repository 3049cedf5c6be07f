"""The TOML file of identity providers: what it says, and how a mistake is told."""

from pathlib import Path

import pytest

from auth.keys import Keys
from auth.oidc import Providers
from auth.oidc_file import OidcFileError, read

PUBLIC = "https://fermata.example"


def test_a_file_names_providers_in_its_order(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from a file\n")
    file = tmp_path / "oidc.toml"
    file.write_text(
        f"""
        [google]
        issuer = "https://accounts.google.com"
        client_id = "id"
        client_secret_file = "{secret}"

        [firebase]
        label = "Our Firebase"
        issuer = "https://securetoken.google.com/our-project"
        client_id = "our-project"
        flow = "id_token"
        """
    )
    google, firebase = read(file)
    assert (google.name, google.label, google.secret()) == ("google", "Google", "from a file")
    assert (firebase.label, firebase.secret()) == ("Our Firebase", None)
    assert [option.sign_in_url for option in Providers([google, firebase], Keys(b"k" * 32), PUBLIC).options] == [
        f"{PUBLIC}/auth/google/start",
        None,
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x", "oidc.toml"),
        ("a = 1", "a is not a table"),
        ('[A_B]\nissuer="https://a.example"\nclient_id="x"', "A_B.name"),
        ('[a]\nissuer="http://a.example"\nclient_id="x"', "a.issuer"),
        ('[a]\nissuer="https://a.example"\nclient_id="x"\nclient_scret="y"', "a.client_scret"),
        ('[a]\nissuer="https://a.example"\nclient_id="x"\nscopes=["email"]', "a.scopes"),
        ('[a]\nissuer="https://a.example"\nclient_id="x"\nclient_secret_file="/missing"', "a.client_secret_file"),
        ('[a]\nissuer="https://a.example"\nclient_id="x"\nclient_secret="1"\nclient_secret_file="/2"', "one of them"),
    ],
)
def test_a_file_with_a_mistake_says_where_it_is(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "oidc.toml"
    file.write_text(text)
    with pytest.raises(OidcFileError, match=said):
        read(file)
