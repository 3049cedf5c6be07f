// What to say when signing in with an identity provider has failed: the server names the kind of failure, the words are here.

const words: Readonly<Record<string, string>> = {
  AccountShut: "This account is switched off. Ask the administrator of this server.",
  DomainRefused: "Only e-mail addresses of certain domains may sign in that way. Sign in with another address.",
  EmailUnverified: "The provider has not verified your e-mail address yet. Verify it there, then sign in again.",
  ProviderFailed:
    "The provider did not confirm who you are. Try again; if it stays so, tell the administrator of this server.",
  SetUpTokenNeeded: "This server has no account yet. Use the set-up link that it printed when it started.",
  SignInDeclined: "The provider did not let you in. Try again, or sign in another way.",
  SignInStale: "That sign-in was begun in another browser, or too long ago. Start again here.",
  SignUpClosed: "There is no account for you here yet, and new ones are not open to everyone. Ask to be invited.",
  Throttled: "Too many attempts. Wait a minute, then try again.",
  UnknownProvider: "There is no such way to sign in here. Choose one of those below.",
};

const otherwise = "Signing in did not work. Try again; if it stays so, tell the administrator of this server.";

/** The words for a failure, null where there was none; what an address may make up gets the general ones. */
export function failureWords(failed: string | undefined): string | null {
  if (failed === undefined) return null;
  return Object.hasOwn(words, failed) ? (words[failed] ?? otherwise) : otherwise;
}
