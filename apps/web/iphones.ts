import { type Clock, type Db, inTransaction, type Log } from "@mila/kernel"
import {
  APPLE_PATH,
  applePass,
  type AskedPass,
  changedPasses,
  latestPass,
  programmeLogo,
  registerPhone,
  unregisterPhone,
  type Wallets,
} from "@mila/wallet"
import { type Context, Hono } from "hono"

const PKPASS = "application/vnd.apple.pkpass"

const REGISTRATION = `${APPLE_PATH}/v1/devices/:device{[A-Za-z0-9._-]{1,128}}/registrations/:passType`
const PUSH_TOKEN = /^[0-9a-f]{16,200}$/i
const LINES_OF_LOG = 5

type Serving = { db: Db; clock: Clock; log: Log; wallets: Wallets }

/**
 * What the wallets of phones ask of us without a person: iPhones for passes that have changed (Apple's web service, version 1), Google for the
 * programme's picture. No cookie is read here and none is set.
 */
export function iphones({ db, clock, log, wallets }: Serving): Hono {
  const app = new Hono()
  app.get("/wallet/logo.png", (c) =>
    c.body(new Uint8Array(programmeLogo(wallets.programme)), 200, {
      "content-type": "image/png",
      "cache-control": "public, max-age=86400",
    }),
  )
  const { apple } = wallets
  if (!apple) return app

  app.post(`${REGISTRATION}/:serial`, async (c) => {
    const pushToken = pushTokenIn(await c.req.text())
    if (pushToken === undefined) return c.body(null, 400)
    const asked = { ...askedFor(c), deviceId: c.req.param("device"), pushToken, at: clock.now() }
    const outcome = await inTransaction(db, (tx) => registerPhone(tx, asked, wallets))
    return c.body(null, { registered: 201, known: 200, unknown: 401 }[outcome] as 200)
  })
  app.delete(`${REGISTRATION}/:serial`, async (c) => {
    const asked = { ...askedFor(c), deviceId: c.req.param("device") }
    return c.body(null, (await inTransaction(db, (tx) => unregisterPhone(tx, asked, wallets))) === "unknown" ? 401 : 200)
  })
  app.get(REGISTRATION, async (c) => {
    const asked = { deviceId: c.req.param("device"), passType: c.req.param("passType"), since: c.req.query("passesUpdatedSince") ?? null }
    const changed = await inTransaction(db, (tx) => changedPasses(tx, asked, wallets))
    return changed ? c.json({ serialNumbers: changed.serials, lastUpdated: changed.upto }, 200, PRIVATE) : c.body(null, 204)
  })
  app.get(`${APPLE_PATH}/v1/passes/:passType/:serial`, async (c) => {
    const asked = { ...askedFor(c), unlessSince: instantOf(c.req.header("if-modified-since")), at: clock.now() }
    const latest = await inTransaction(db, (tx) => latestPass(tx, asked, wallets))
    if (latest === "unknown") return c.body(null, 401)
    if (latest === "unchanged") return c.body(null, 304)
    const file = applePass(latest.pass, apple, { at: asked.at })
    return c.body(new Uint8Array(file), 200, { ...PRIVATE, "content-type": PKPASS, "last-modified": latest.changedAt.toUTCString() })
  })
  app.post(`${APPLE_PATH}/v1/log`, async (c) => {
    const lines = linesIn(await c.req.text())
    if (lines.length > 0) log.info({ lines }, "a phone says what went wrong with a pass")
    return c.body(null, 200)
  })
  return app
}

const PRIVATE = { "cache-control": "no-store" }

function askedFor(c: Context): AskedPass {
  const [, token = ""] = /^ApplePass (\S{1,200})$/.exec(c.req.header("authorization") ?? "") ?? []
  return { passType: c.req.param("passType") ?? "", serial: c.req.param("serial") ?? "", token }
}

function pushTokenIn(body: string): string | undefined {
  const { pushToken } = jsonIn(body)
  return typeof pushToken === "string" && PUSH_TOKEN.test(pushToken) ? pushToken : undefined
}

/** Anybody may write here, so little is kept of it. */
function linesIn(body: string): string[] {
  const { logs } = jsonIn(body)
  return Array.isArray(logs) ? logs.slice(0, LINES_OF_LOG).map((line) => String(line).slice(0, 300)) : []
}

function jsonIn(body: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(body)) as Record<string, unknown>
  } catch {
    return {}
  }
}

function instantOf(header: string | undefined): Date | null {
  const at = new Date(header ?? "")
  return Number.isNaN(at.getTime()) ? null : at
}
