// A strict OpenID provider (oidc-provider) on loopback for the tests: PKCE for everyone, codes that work once, claims of a
// person at the userinfo endpoint only, as OpenID Connect Core 1.0 §5.4 has it. Prints its address; ends with its stdin.
//     node provider.mjs http://127.0.0.1:8000/auth/strict/callback
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const people = {
  ann: { email: "ann@example.com", email_verified: true, name: "Ann" },
  bob: { email: "bob@example.com", email_verified: false, name: "Bob" },
};

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "fermata-tests", client_secret: "a secret for tests", redirect_uris: [process.argv[2]] }],
    pkce: { required: () => true },
    cookies: { keys: ["for tests only"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    findAccount: (_, id) => id in people && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
  });
  server.on("request", provider.callback());
  console.log(`ready at ${issuer}`);
});
process.stdin.resume().on("end", () => process.exit());
