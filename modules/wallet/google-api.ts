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

type Waiting = { at: Date; patienceMs?: number }

/**
 * Puts a pass to Google, and with `loyaltyClass` first its programme (once, and whenever that changes). What is there already is changed: repeating it
 * is harmless, and whoever saved the pass sees the new points. Slow (a token and a request or two for each): never inside a transaction.
 * Errors: GoogleWalletAway, with a time-out for every request; a later try may do.
 */
export async function googleInsert(
  { object, loyaltyClass }: { object: LoyaltyObject; loyaltyClass?: LoyaltyClass },
  keys: GoogleKeys,
  waiting: Waiting,
): Promise<void> {
  const put = await opened(keys, waiting)
  if (loyaltyClass) await insertOrPatch("loyaltyClass", loyaltyClass, put)
  await insertOrPatch("loyaltyObject", object, put)
}

/** Tells Google what the programme says now; passes are put afterwards. Slow, and errors, as above. */
export async function googleProgramme(loyaltyClass: LoyaltyClass, keys: GoogleKeys, waiting: Waiting): Promise<void> {
  await insertOrPatch("loyaltyClass", loyaltyClass, await opened(keys, waiting))
}

/**
 * Changes passes that are at Google, a request each. Answers for each of them, by its id, and throws nothing: `gone` is one that Google has not got; what
 * failed may do later, and its error says why.
 */
export async function googleUpdate(
  objects: readonly LoyaltyObject[],
  keys: GoogleKeys,
  waiting: Waiting,
): Promise<Map<string, "told" | "gone" | GoogleWalletAway>> {
  const outcomes = new Map<string, "told" | "gone" | GoogleWalletAway>()
  if (objects.length === 0) return outcomes
  const put = await opened(keys, waiting).catch((error: unknown) => failed(error))
  for (const object of objects) {
    const outcome =
      put instanceof GoogleWalletAway ? put : await patch("loyaltyObject", object, put).catch((error: unknown) => failed(error))
    outcomes.set(object.id, outcome)
  }
  return outcomes
}

function failed(error: unknown): GoogleWalletAway {
  if (error instanceof GoogleWalletAway) return error
  throw error
}

type Put = { url: string; token: string; patienceMs: number }

async function opened(keys: GoogleKeys, { at, patienceMs = PATIENCE_MS }: Waiting): Promise<Put> {
  return { url: `${keys.url}/walletobjects/v1`, token: await accessToken(keys, { at, patienceMs }), patienceMs }
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

type Kind = "loyaltyClass" | "loyaltyObject"

/** Google's unique id decides who was first; the second changes what is there, and what it does not name stays. */
async function insertOrPatch(kind: Kind, thing: LoyaltyClass | LoyaltyObject, put: Put): Promise<void> {
  const { url, token, patienceMs } = put
  const sent = { patienceMs, token, type: "application/json", text: JSON.stringify(withoutNulls(thing)) }
  const { status, body } = await ask(kind, `${url}/${kind}`, { method: "POST", ...sent })
  if (status === 409 && (await patch(kind, thing, put)) === "told") return
  if (status !== 200) throw new GoogleWalletAway(kind, { status, why: whyOf(status, body) })
}

async function patch(kind: Kind, thing: LoyaltyClass | LoyaltyObject, { url, token, patienceMs }: Put): Promise<"told" | "gone"> {
  const sent = { patienceMs, token, type: "application/json", text: JSON.stringify(thing) }
  const { status, body } = await ask(kind, `${url}/${kind}/${encodeURIComponent(thing.id)}`, { method: "PATCH", ...sent })
  if (status === 404) return "gone"
  if (status !== 200) throw new GoogleWalletAway(kind, { status, why: whyOf(status, body) })
  return "told"
}

/** What is new has nothing to take away. */
const withoutNulls = (thing: object): object => Object.fromEntries(Object.entries(thing).filter(([, value]) => value !== null))

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
