import type { AppleKeys } from "@mila/wallet"
import { someAppleKeys, someGoogleKeys } from "@mila/wallet/testing"
import assert from "node:assert/strict"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, test } from "node:test"
import { readSettings, WrongSettings } from "./settings.ts"
import { walletsOf } from "./wallet-settings.ts"

const AT = new Date("2026-11-23T09:00:00Z")
const folder = mkdtempSync(join(tmpdir(), "mila-wallet-"))
after(() => rmSync(folder, { recursive: true }))

const apple = someAppleKeys({ passphrase: "a long sentence" })
const { keys: google } = someGoogleKeys()
const PUBLIC = { MILA_PUBLIC_URL: "https://mila.example" }
const account = {
  ...{ type: "service_account", client_email: google.email, private_key: google.key, private_key_id: google.keyId },
  token_uri: "https://oauth2.googleapis.com/token",
}
const GOOGLE = { ...PUBLIC, MILA_GOOGLE_WALLET_ISSUER: google.issuer, MILA_GOOGLE_WALLET_ACCOUNT: JSON.stringify(account) }

const envOf = ({ passType, team, certificate, key, passphrase, wwdr }: AppleKeys): Record<string, string> => ({
  ...{ ...PUBLIC, MILA_APPLE_PASS_TYPE: passType, MILA_APPLE_TEAM: team, MILA_APPLE_CERTIFICATE: certificate, MILA_APPLE_KEY: key },
  ...{ MILA_APPLE_KEY_PASSPHRASE: passphrase ?? "", MILA_APPLE_WWDR: wwdr },
})
const APPLE = envOf(apple)

function faultsOf(env: Record<string, string>, at = AT): readonly string[] {
  try {
    readSettings(env, { at })
    return []
  } catch (error) {
    assert.ok(error instanceof WrongSettings)
    assert.doesNotMatch(error.message, /BEGIN|long sentence|PRIVATE KEY/)
    return error.faults
  }
}

test("without keys there is no wallet; with one's keys there is that one, from the text itself or from files", () => {
  const of = (env: Record<string, string>) => walletsOf(readSettings(env, { at: AT }))
  assert.equal(of(PUBLIC), null)
  const files = Object.entries(APPLE).map(([name, text]) => {
    if (!text.startsWith("-----BEGIN")) return [name, text]
    writeFileSync(join(folder, name), text)
    return [name, join(folder, name)]
  })
  for (const env of [APPLE, Object.fromEntries(files) as Record<string, string>]) {
    const wallets = of(env)!
    assert.deepEqual([wallets.apple?.certificate, wallets.apple?.passphrase, wallets.google], [apple.certificate, "a long sentence", null])
    assert.equal(wallets.apple?.pushUrl, "https://api.push.apple.com")
  }
  const { google: read, apple: none, programme } = of(GOOGLE)!
  assert.deepEqual(
    [read?.email, read?.tokenUrl, read?.url, none],
    [google.email, account.token_uri, "https://walletobjects.googleapis.com", null],
  )
  assert.deepEqual([programme.site, programme.logoUrl], ["https://mila.example", "https://mila.example/wallet/logo.png"])
})

test("half a set of keys is a fault that names the whole", () => {
  const { MILA_APPLE_WWDR: _, ...rest } = APPLE
  assert.match(faultsOf(rest).join(), /^MILA_APPLE_PASS_TYPE and .*MILA_APPLE_WWDR are set together$/)
  assert.match(faultsOf({ ...PUBLIC, MILA_GOOGLE_WALLET_ISSUER: google.issuer }).join(), /MILA_GOOGLE_WALLET_ACCOUNT are set together/)
})

test("keys of Apple's that do not belong together are named each, with what is wrong", () => {
  const other = someAppleKeys()
  const wrong: [changed: Record<string, string>, fault: RegExp][] = [
    [{ MILA_APPLE_CERTIFICATE: "-----BEGIN CERTIFICATE-----\nx" }, /^MILA_APPLE_CERTIFICATE is no certificate/],
    [{ MILA_APPLE_WWDR: other.wwdr }, /^MILA_APPLE_WWDR has not signed the certificate/],
    [{ MILA_APPLE_KEY: other.key }, /^MILA_APPLE_KEY is not the key of the certificate/],
    [{ MILA_APPLE_KEY: "-----BEGIN nothing" }, /^MILA_APPLE_KEY is no RSA key/],
    [{ MILA_APPLE_KEY_PASSPHRASE: "another" }, /^MILA_APPLE_KEY_PASSPHRASE does not open the key/],
    [{ MILA_APPLE_PASS_TYPE: "pass.other" }, /^MILA_APPLE_PASS_TYPE is not the one in the certificate/],
    [{ MILA_APPLE_TEAM: "ZZZZZZZZZZ" }, /^MILA_APPLE_TEAM is not the one in the certificate/],
    [{ MILA_APPLE_CERTIFICATE: join(folder, "nowhere") }, /^MILA_APPLE_CERTIFICATE names a file that cannot be read/],
    [{ MILA_PUBLIC_URL: "http://mila.example" }, /^MILA_PUBLIC_URL begins with https/],
    [{ MILA_PUBLIC_URL: "" }, /^MILA_PUBLIC_URL begins with https/],
  ]
  for (const [changed, fault] of wrong) assert.match(faultsOf({ ...APPLE, ...changed })[0] ?? "nothing is wrong", fault)
  assert.match(faultsOf(APPLE, new Date("2046-01-01T00:00:00Z")).join("\n"), /MILA_APPLE_CERTIFICATE has come to its end/)
  assert.deepEqual(faultsOf({ ...APPLE, MILA_PUBLIC_URL: "http://localhost:3000" }), [])
})

test("an account of Google's that is none is named, with what is wrong", () => {
  const wrong: [account: string, fault: RegExp][] = [
    ["{", /is no JSON/],
    [JSON.stringify({ ...account, type: "authorized_user" }), /is not the JSON of a service account/],
    [JSON.stringify({ ...account, private_key_id: undefined }), /lacks client_email, private_key/],
    [JSON.stringify({ ...account, private_key: "x" }), /has no RSA key/],
    [JSON.stringify({ ...account, token_uri: "file:///x" }), /has no address in token_uri/],
  ]
  for (const [given, fault] of wrong)
    assert.match(
      faultsOf({ ...GOOGLE, MILA_GOOGLE_WALLET_ACCOUNT: given }).join(),
      new RegExp(`^MILA_GOOGLE_WALLET_ACCOUNT ${fault.source}`),
    )
})
