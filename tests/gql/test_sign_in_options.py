"""What the sign-in page is told before anyone has signed in."""

from fixtures.surface import Asker

from auth.mail import Smtp


async def test_the_sign_in_page_knows_whether_mail_is_sent_here(execute: Asker) -> None:
    assert (await execute("{ signInOptions { sendsMail } }"))["data"] == {"signInOptions": {"sendsMail": False}}
    execute.services.accounts.mail = Smtp("smtp://localhost:25?starttls=never", "fermata@example.org")
    assert (await execute("{ signInOptions { sendsMail } }"))["data"] == {"signInOptions": {"sendsMail": True}}


async def test_the_sign_in_page_knows_whether_the_first_account_is_still_to_be_made(execute: Asker) -> None:
    assert (await execute("{ signInOptions { setUp } }"))["data"] == {"signInOptions": {"setUp": True}}
    first = {"email": "ann@example.com", "password": "violet harbour 7 lanterns", "displayName": "Ann"}
    made = await execute("mutation ($i: SignUpInput!) { signUp(input: $i) { expiresAt } }", {"i": first})
    assert "errors" not in made
    assert (await execute("{ signInOptions { setUp } }"))["data"] == {"signInOptions": {"setUp": False}}
