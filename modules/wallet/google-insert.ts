import type { GoogleKeys } from "./google-keys.ts"
import type { LoyaltyClass, LoyaltyObject } from "./google-object.ts"
import { secondsOf, signedJwt } from "./jwt.ts"

const SCOPE = "https://www.googleapis.com/auth/wallet_object.issuer"
const GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
const TOKEN_SECONDS = 3600
const PATIENCE_MS = 10_000

/** What Google answered instead of doing it. Names the step and Google's own code; never a key, a number or a name. */
export class GoogleWalletAway extends Error {
  /** undefined when nothing was answered in time */
  readonly status: number | undefined
  constructor(step: string, { status, why }: { status?: number; why: string }) {
    super(`Google Wallet, ${step}: ${why}`)
    this.name = "GoogleWalletAway"
    this.status = status
  }
}

/**
 * Puts a pass to Google, and with `loyaltyClass` first its programme (once, and whenever that changes). What is there already is changed: repeating it
 * is harmless, and whoever saved the pass sees the new points. Slow (a token and a request or two for each): never inside a transaction.
 * Errors: GoogleWalletAway, with a time-out for every request; a later try may do.
 */
export async function googleInsert(
  { object, loyaltyClass }: { object: LoyaltyObject; loyaltyClass?: LoyaltyClass },
  keys: GoogleKeys,
  { at, patienceMs = PATIENCE_MS }: { at: Date; patienceMs?: number },
): Promise<void> {
  const token = await accessToken(keys, { at, patienceMs })
  const put = { url: `${keys.url}/walletobjects/v1`, token, patienceMs }
  if (loyaltyClass) await insertOrPatch("loyaltyClass", loyaltyClass, put)
  await insertOrPatch("loyaltyObject", object, put)
}

async function accessToken(keys: GoogleKeys, { at, patienceMs }: { at: Date; patienceMs: number }): Promise<string> {
  const iat = secondsOf(at)
  const assertion = signedJwt({ iss: keys.email, scope: SCOPE, aud: keys.tokenUrl, iat, exp: iat + TOKEN_SECONDS }, keys)
  const { status, body } = await ask("token", keys.tokenUrl, {
    ...{ method: "POST", patienceMs, type: "application/x-www-form-urlencoded" },
    text: new URLSearchParams({ grant_type: GRANT, assertion }).toString(),
  })
  if (status !== 200 || typeof body["access_token"] !== "string") throw new GoogleWalletAway("token", { status, why: whyOf(status, body) })
  return body["access_token"]
}

/** Google's unique id decides who was first; the second changes what is there, and what it does not name stays. */
async function insertOrPatch(
  kind: "loyaltyClass" | "loyaltyObject",
  thing: LoyaltyClass | LoyaltyObject,
  { url, token, patienceMs }: { url: string; token: string; patienceMs: number },
): Promise<void> {
  const sent = { patienceMs, token, type: "application/json", text: JSON.stringify(thing) }
  let heard = await ask(kind, `${url}/${kind}`, { method: "POST", ...sent })
  if (heard.status === 409) heard = await ask(kind, `${url}/${kind}/${encodeURIComponent(thing.id)}`, { method: "PATCH", ...sent })
  if (heard.status !== 200) throw new GoogleWalletAway(kind, { status: heard.status, why: whyOf(heard.status, heard.body) })
}

type Heard = { status: number; body: Record<string, unknown> }

async function ask(
  step: string,
  url: string,
  { method, type, text, token, patienceMs }: { method: string; type: string; text: string; token?: string; patienceMs: number },
): Promise<Heard> {
  try {
    const response = await fetch(url, {
      ...{ method, body: text, redirect: "error", signal: AbortSignal.timeout(patienceMs) },
      headers: { "content-type": type, accept: "application/json", ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    })
    const body: unknown = JSON.parse((await response.text()) || "{}")
    return { status: response.status, body: (body ?? {}) as Record<string, unknown> }
  } catch (error) {
    throw new GoogleWalletAway(step, { why: error instanceof SyntaxError ? "answered with what is no JSON" : "no answer" })
  }
}

/** Only Google's code words are repeated (`PERMISSION_DENIED`, `invalid_grant`): its sentences may hold what we sent. */
function whyOf(status: number, { error }: Record<string, unknown>): string {
  const word = typeof error === "object" && error !== null && "status" in error ? error.status : error
  return `${status} ${typeof word === "string" && /^[A-Za-z_]{1,40}$/.test(word) ? word : ""}`.trim()
}
