import { PRODUCTION } from "./production.ts"
import { serveStatic } from "@hono/node-server/serve-static"
import type { Finder } from "@mila/catalog"
import {
  type Clock,
  type Db,
  deviceNameOf,
  inTransaction,
  isDatabaseAway,
  type Locale,
  LOCALES,
  localeWanted,
  type Log,
} from "@mila/kernel"
import { newDeviceToken, passkeySiteOf, preparePasskeys, sessionOf } from "@mila/members"
import { type Context, Hono, type MiddlewareHandler } from "hono"
import { randomBytes } from "node:crypto"
import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { createRequestHandler, RouterContextProvider, type ServerBuild } from "react-router"
import { RETRY_SECONDS, sayingAway } from "./away.ts"
import { sift } from "./bank-cards.ts"
import { cookiesOf } from "./cookies.ts"
import { isWrittenAsOurs } from "./declared-forms.ts"
import { incoming } from "./incoming.ts"
import { iphones } from "./iphones.ts"
import { type GuestPage, GuestPages, unpacked } from "./guest-pages.ts"
import { isFromElsewhere, packed, takesBrotli } from "./packed.ts"
import { pictures } from "./pictures.ts"
import { sitemap } from "./sitemap.ts"
import type { Site, Visit } from "./visit.ts"
import { zoneOfVisit } from "./visit-zone.ts"

export type WebContext = { db: Db; clock: Clock; log: Log; site: Site; finder: Finder }

type WebEnv = { Variables: { requestId: string; clientAddress: string } }
type Build = ServerBuild & { entry: { module: { visitContext: never } } }

const CLIENT = resolve(import.meta.dirname, "build/client")
const YEAR = "public, max-age=31536000, immutable"

/** Pages for people: the shop and the personal account, server-rendered, working without script. */
export async function webDoor(context: WebContext): Promise<Hono<WebEnv>> {
  const file = resolve(import.meta.dirname, "build/server/index.js")
  if (!existsSync(file)) throw new Error("the pages are not built; `npm run build` builds them")
  const build = (await import(file)) as Build
  if (passkeySiteOf(context.site.publicUrl)) await preparePasskeys()
  const answer = createRequestHandler(sayingAway(build, build.entry.module.visitContext), PRODUCTION)
  const made = async (request: Request, visit: Visit): Promise<Response> => {
    const provider = new RouterContextProvider()
    provider.set(build.entry.module.visitContext, visit as never)
    const page = await answer(request, provider)
    if (page.status === 503) page.headers.set("retry-after", String(RETRY_SECONDS))
    return page
  }
  const guests = new GuestPages(context.finder.watch)
  const app = new Hono<WebEnv>()
  app.use("/assets/*", files(YEAR))
  for (const name of ["/sw.js", "/pocket.html", "/pocket.js", "/away-*", "/manifest.webmanifest", "/icons/*", "/fonts/*"])
    app.use(name, files("no-cache"))
  app.get("/robots.txt", (c) =>
    c.text(
      context.site.demo ? "User-agent: *\nDisallow: /\n" : `User-agent: *\n${KEPT_OUT}Sitemap: ${context.site.publicUrl}/sitemap.xml\n`,
    ),
  )
  app.route("/", pictures(context))
  app.route("/", sitemap(context))
  const { wallets } = context.site
  if (wallets) app.route("/", iphones({ ...context, wallets })) // phones have no origin to come from
  app.route("/", incoming({ ...context, ...context.site })) // neither gateways nor mail programmes have an origin
  app.use("*", pagesMethodsOnly, sameOriginOnly(context.site))
  app.all("*", async (c, next) => {
    if (isOthers(c.req.path)) return next()
    const sifted = await sift(c.req.raw)
    if (sifted.found && sifted.shown === null) return c.json({ code: "bank_card_number" }, 422)
    if (!sifted.found && !isWrittenAsOurs(c.req.raw)) return c.text("415", 415)
    if (!sifted.found && !sifted.readable) return c.text("400", 400)
    const visit = await visitOf(c, context, sifted.found)
    if (sifted.found && sifted.shown) return dressed(await packed(await made(sifted.shown, visit), c.req.raw.headers), visit)
    const page = (await guests.answer(c.req.raw, visit, made)) ?? (await made(c.req.raw, visit))
    if (!(page instanceof Response)) return dressed(sent(page, c.req.raw, visit), visit, page.scripts)
    return dressed(await packed(page, c.req.raw.headers), visit)
  })
  return app
}

const KEPT_OUT = ["/my", "/be/my", "/en/my", "/office/", "/pos/", "/api/", "/demo/"].map((path) => `Disallow: ${path}\n`).join("")

/** What other doors answer is left to them. */
const isOthers = (path: string): boolean => /^\/(?:pos|office|api|health|docs|exchange)(?:\/|$)/.test(path)

const files = (cache: string): MiddlewareHandler =>
  serveStatic({
    root: CLIENT,
    precompressed: true,
    onFound(path, c) {
      c.header("cache-control", cache)
      if (/(?:pocket|away-\w+)\.html/.test(path)) c.header("content-security-policy", POCKET_POLICY)
      if (path.includes("sw.js")) c.header("content-security-policy", "default-src 'none'; connect-src 'self'") // what it fetches to keep
    },
  })

/**
 * Nothing changes at the wish of another site (security case A08): what is not a GET comes with our own Origin, or with none from a browser that says itself
 * that it is the same. React Router checks pages alone, so this stands before it.
 */
function sameOriginOnly({ publicUrl }: Site): MiddlewareHandler {
  const ours = new URL(publicUrl).origin
  return async (c, next) => {
    if (c.req.method === "GET" || c.req.method === "HEAD" || isOthers(c.req.path)) return next()
    const origin = c.req.header("origin")
    const host = origin && URL.canParse(origin) ? new URL(origin).host : undefined
    const fetchSite = c.req.header("sec-fetch-site")
    const sameHost = host !== undefined && host === c.req.header("host") // a chain tried at home has several names
    const isOurs = origin === ours || (sameHost && (!ours.startsWith("https:") || origin!.startsWith("https:")))
    if (!isOurs || (fetchSite !== undefined && fetchSite !== "same-origin")) return c.text("403", 403)
    return next()
  }
}

/** Pages are looked at and forms are sent; nothing else is done to them. */
const pagesMethodsOnly: MiddlewareHandler = async (c, next) =>
  isOthers(c.req.path) || ["GET", "HEAD", "POST"].includes(c.req.method) ? next() : c.text("405", 405, { allow: "GET, HEAD, POST" })

async function visitOf(c: Context<WebEnv>, { db, clock, log, site, finder }: WebContext, bankCard: boolean): Promise<Visit> {
  const cookies = cookiesOf(c.req.header("cookie"), { secure: site.publicUrl.startsWith("https:") })
  const token = cookies.get("session")
  const at = clock.now()
  let isAway = false
  const orAway = (error: unknown): undefined => {
    if (!isDatabaseAway(error)) throw error
    isAway = true
  }
  const asked = token === undefined ? undefined : inTransaction(db, (tx) => sessionOf(tx, { token, at }), { readsFirst: true })
  const session = await asked?.catch(orAway)
  if (token !== undefined && !session && !isAway) cookies.forget("session")
  const zone = await zoneOfVisit(db, { url: c.req.url, cookies }).catch(orAway)
  const known = cookies.get("device")
  const isNew = known === undefined || !/^[\w-]{32}$/.test(known)
  const device = isNew ? newDeviceToken() : known
  if (isNew) cookies.set("device", device, { days: 400 })
  return {
    ...{ db, clock, log, site, finder, session, device, isNew, cookies, bankCard, isAway, zone },
    requestId: c.get("requestId"),
    ip: c.get("clientAddress") ?? "",
    locale: localeOf(c.req.path) ?? localeWanted(undefined),
    nonce: randomBytes(16).toString("base64"),
    deviceName: deviceNameOf(c.req.header("user-agent") ?? ""),
    large: cookies.get("view") === "large",
    leavesGap: () => undefined,
  }
}

const localeOf = (path: string): Locale | undefined =>
  LOCALES.find((locale) => path === `/${locale}` || path.startsWith(`/${locale}/`) || path.startsWith(`/${locale}.`))

/** The guests' page as this browser takes it. Whose shop it is, and by whose advertisement they came before, its length tells nobody who sent them here. */
function sent(page: GuestPage, { url, headers: asked }: Request, { cookies, zone }: Visit): Response {
  const isOwn = cookies.get("shop") !== undefined || (zone !== undefined && new URL(url).searchParams.get("zone") !== zone)
  const isPlain = !takesBrotli(asked) || (isFromElsewhere(asked) && isOwn)
  page.headers.append("vary", "accept-encoding, sec-fetch-site")
  if (!isPlain) page.headers.set("content-encoding", "br")
  return new Response(new Uint8Array(isPlain ? unpacked(page) : page.packed), { headers: page.headers })
}

/** The headers of every page: nothing may load that we did not serve, nobody may frame it, and what is private is kept nowhere. */
function dressed(page: Response, { cookies, nonce, locale, session, site, bankCard }: Visit, scripts = `'nonce-${nonce}'`): Response {
  const headers = new Headers(page.headers)
  // a policy lives as long as the document, and from any page of the account one walks to the card without another
  const leads = site.wallets?.google ? ["https://pay.google.com"] : [] // a guest's page too: who signs in on it goes on to the card in the same document
  headers.set("content-security-policy", policy(scripts, site, leads))
  headers.set("content-language", locale)
  headers.set("permissions-policy", "camera=(self), geolocation=(self), screen-wake-lock=(self), microphone=(), payment=()")
  headers.set("referrer-policy", "same-origin")
  if (session || !headers.has("cache-control")) headers.set("cache-control", "no-store")
  for (const cookie of cookies.headers()) headers.append("set-cookie", cookie)
  return new Response(page.body, { status: bankCard && page.status < 300 ? 422 : page.status, statusText: page.statusText, headers })
}

/** What opens without a network runs its own script, reads barcodes, and nothing else. */
const POCKET_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** `scripts`: which of those that stand in the page may run; `leads`: where a form of ours may lead when it has been answered, beside our own pages. */
const policy = (scripts: string, { tiles }: Site, leads: readonly string[]): string =>
  [
    "default-src 'none'",
    `script-src 'self' ${scripts} 'wasm-unsafe-eval'`,
    "style-src 'self'",
    `img-src 'self' data: blob:${tiles ? ` ${new URL(tiles.url).origin}` : ""}`,
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "media-src 'self' blob:",
    ["form-action 'self'", ...leads].join(" "),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ")
