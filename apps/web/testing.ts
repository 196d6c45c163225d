import { finder, KeptIndex, SearchAway, type SearchEngine } from "@mila/catalog"
import { type OwnDb, ownDb } from "@mila/db/testing"
import { inTransaction, type SimulatedClock, simulatedClock } from "@mila/kernel"
import { isCode, outboxOf } from "@mila/messages"
import { someTexts } from "@mila/privacy/testing"
import { Hono } from "hono"
import { type Seller, type WebContext, webDoor } from "./index.ts"

const AT = new Date("2026-11-23T09:00:00Z")
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

/** A browser without a screen: keeps its cookies, says where it comes from. */
export type Visitor = {
  get(path: string, headers?: Record<string, string>): Promise<Response>
  post(path: string, form: Record<string, string>, headers?: Record<string, string>): Promise<Response>
  /** what a script of ours sends */
  send(path: string, body: string, headers: Record<string, string>): Promise<Response>
  cookies: Map<string, string>
}

export type Web = {
  own: OwnDb
  clock: SimulatedClock
  /** of which a test may say that it is away */
  search: { isAway: boolean }
  visitor: (from?: string) => Visitor
  lastCode: () => Promise<string>
  /** the door without a browser, for phones that ask by themselves */
  fetch: (url: string, init: RequestInit) => Promise<Response>
  drop: () => Promise<void>
}

const SELLER: Seller = {
  ...{ name: "ООО «Мила»", address: "г. Минск, ул. Лесная, 1", number: "190000000", registered: "Минским горисполкомом 01.02.2003" },
  ...{ register: "№ 123456 от 03.04.2020", hours: "9:00–21:00", phone: "+375 17 000-00-00", email: "shop@mila.example", complaints: null },
}

const A_SHOP: WebContext["site"] = {
  ...{ publicUrl: "https://mila.example", demo: false, tiles: null, wallets: null, push: null, smsIncomingToken: null },
  phoneRules: { foreign: "refuse" },
  dormantMonths: 6,
  seller: SELLER,
}

/** The web's door on a database of its own, as a chain behind https has it. */
export async function aWeb(wishes: Partial<WebContext["site"]> = {}): Promise<Web> {
  const own = await ownDb()
  const clock = simulatedClock(AT)
  const state = { isAway: false }
  await inTransaction(own.db, (tx) => someTexts(tx, AT))
  const search = await KeptIndex.open({ db: own.db, clock, onError: (error) => console.error(error) })
  const found = finder({ db: own.db, clock, search: mayBeAway(search, state) })
  const site = { ...A_SHOP, ...wishes }
  const { publicUrl } = site
  const door = await webDoor({ db: own.db, clock, log: SILENT, finder: found, site })
  const visitor = (from = "203.0.113.7"): Visitor => {
    const cookies = new Map<string, string>()
    const front = new Hono<{ Variables: { requestId: string; clientAddress: string } }>()
    front.use("*", async (c, next) => {
      c.set("requestId", "test")
      c.set("clientAddress", from)
      await next()
    })
    front.route("/", door)
    const ask = async (path: string, init: RequestInit): Promise<Response> => {
      const headers = new Headers(init.headers)
      headers.set("cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "))
      headers.set("host", new URL(publicUrl).host)
      const answer = await front.request(`${publicUrl}${path}`, { ...init, headers })
      for (const set of answer.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? []
        if (/Max-Age=0/.test(set)) cookies.delete(name)
        else cookies.set(name, value)
      }
      return answer
    }
    return {
      cookies,
      get: (path, headers = {}) => ask(path, { headers }),
      send: (path, body, headers) => ask(path, { method: "POST", body, headers }),
      post: (path, form, headers = { origin: publicUrl, "sec-fetch-site": "same-origin" }) =>
        ask(path, { method: "POST", body: new URLSearchParams(form), headers }),
    }
  }
  const lastCode = () =>
    inTransaction(own.db, async (tx) => {
      const last = (await outboxOf(tx, { most: 20 })).find(({ template }) => isCode(template))
      return String(last?.params["code"])
    })
  const bare = (url: string, init: RequestInit) => Promise.resolve(door.request(url, init))
  return { own, clock, search: state, visitor, lastCode, fetch: bare, drop: () => search.close().then(own.drop) }
}

const mayBeAway = (engine: SearchEngine, state: { isAway: boolean }): SearchEngine => ({
  search: (query) => (state.isAway ? Promise.reject(new SearchAway()) : engine.search(query)),
  suggest: (query) => (state.isAway ? Promise.reject(new SearchAway()) : engine.suggest(query)),
})

/** Registers a person the way a browser does, who answers the letter that comes; answers the visitor, signed in. */
export async function aMemberAt(web: Web, phone: string, from?: string): Promise<Visitor> {
  const browser = await aNewcomerAt(web, phone, { from, email: "anna@example.by" })
  await browser.post("/my/devices", { act: "letter", letter: await letterTo(web, "anna@example.by") })
  return browser
}

/** The token of the last letter that asks whether an address is theirs. */
export const letterTo = ({ own }: Web, to: string): Promise<string> =>
  inTransaction(own.db, async (tx) => {
    const letter = (await outboxOf(tx, { to, most: 20 })).find(({ template }) => template === "email_to_prove")
    return new URL(String(letter?.params["link"])).searchParams.get("letter")!
  })

/** Registers a person the way a browser does, with an address they have not proven. */
export async function aNewcomerAt(
  { visitor, lastCode }: Web,
  phone: string,
  { from, email }: { from?: string | undefined; email: string },
): Promise<Visitor> {
  const browser = visitor(from)
  await browser.post("/register", { step: "phone", phone })
  await browser.post("/register", { step: "code", code: await lastCode() })
  const consents = { consent_programme: "1", consent_policy: "1" }
  await browser.post("/register", { step: "details", given: "Анна", family: "Петрова", email, ...consents })
  return browser
}
