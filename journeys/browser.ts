import { throwAway } from "@mila/kernel/testing"
import { existsSync, mkdtempSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import assert from "node:assert/strict"
import { after, before } from "node:test"
import { Mila } from "./adapter.ts"
import { wholeSystem } from "./system.ts"
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core"

const PATHS = [
  process.env["JOURNEYS_CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]
const CHROMIUM = PATHS.find((path): path is string => path !== undefined && existsSync(path))

/** Why no browser test runs here; false where there is one. */
const noBrowser: string | false = CHROMIUM ? false : "no Chromium on this machine: tools/install-browser.sh installs one"

// it calls nobody home, and runs as root in a container
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]

export const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  locale: "ru-BY",
  timezoneId: "Europe/Minsk",
} as const
export const DESK = { viewport: { width: 1440, height: 900 }, locale: "ru-BY", timezoneId: "Europe/Minsk" } as const

/** Both screens a journey is walked on. */
export const SCREENS = [
  ["phone", PHONE],
  ["desk", DESK],
] as const

export async function openBrowser(args: readonly string[] = []): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: CHROMIUM!, headless: true, args: [...QUIET, ...args] })
  const newContext = browser.newContext.bind(browser)
  browser.newContext = async (options) => patient(await newContext(options), options?.javaScriptEnabled ?? true)
  return browser
}

/** Going to a page is over when it has come to life: whoever tests is faster than any person. */
function patient(context: BrowserContext, hasScript = true): BrowserContext {
  if (!hasScript) return context
  return context.on("page", (page) => {
    for (const going of ["goto", "reload"] as const) {
      const go = page[going].bind(page) as (...how: unknown[]) => ReturnType<Page["reload"]>
      page[going] = async (...how: unknown[]) => {
        const answer = await go(...how)
        await until(page, ALIVE, 25)
        return answer
      }
    }
  })
}

const ALIVE = `document.querySelector("script[data-start]") === null || "alive" in document.documentElement.dataset`

/** A browser that remembers: closed and opened again it is the same phone. */
export async function ownPhone(): Promise<{ open: () => Promise<BrowserContext>; drop: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), "mila-phone-"))
  return {
    async open() {
      const context = await chromium.launchPersistentContext(folder, { executablePath: CHROMIUM!, headless: true, args: QUIET, ...PHONE })
      patient(context).setDefaultTimeout(30_000)
      return context
    },
    drop: () => throwAway(folder),
  }
}

/** The code that was sent last, as a person reads it on a demo's page of messages. */
export async function lastCode(url: string): Promise<string> {
  const page = await (await fetch(`${url}/demo/outbox`)).text()
  const code = /[^\d](\d{6})[^\d]/.exec(page.slice(page.indexOf('class="message"')))?.[1]
  if (code === undefined) throw new Error("no code was sent")
  return code
}

/** Signs in with a code from the SMS. */
export async function signInByCode(page: Page, url: string, phone: string): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.fill("#phone", phone)
  await page.click("button[value=ask]")
  await page.waitForSelector("#code")
  await page.fill("#code", await lastCode(url))
  await page.waitForURL(/\/my(\/|$|\?)/) // the sixth digit sends it
}

type Violation = { id: string; nodes: { html: string }[] }

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js")

const staying = (position: string): string =>
  `document.querySelectorAll(".masthead, .thumb").forEach((bar) => bar.style.setProperty("position", ${JSON.stringify(position)}))`

/** What a person who doesn't see or has no mouse would stumble over (WCAG 2.2 A and AA), one line each. */
export async function stumbles(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(AXE, "utf8"))
  await page.evaluate(staying("static")) // what stays while one scrolls covers another half of a button with each pixel: one scrolls on
  const found = await page.evaluate<Violation[]>(
    'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }).then((told) => told.violations)',
  )
  await page.evaluate(staying(""))
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

/** Waits until an expression is true in the page. Asked from outside: the pages' own policy lets nothing be evaluated inside. */
export async function until(page: Page, expression: string, everyMs = 100): Promise<void> {
  for (const began = performance.now(); performance.now() < began + 30_000;) {
    if (await page.evaluate<boolean>(expression).catch(() => false)) return // a page that is just being left answers nothing
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  throw new Error(`never true: ${expression.slice(0, 200)}`)
}

/** Waits until something has come outside the page: an SMS at a gateway, a question at another server. */
export async function comes(isThere: () => boolean, says: string): Promise<void> {
  for (let tries = 0; tries < 600 && !isThere(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 100))
  assert.ok(isThere(), says)
}

type Wishes = { prepare?: () => Promise<void>; settings?: (port: number) => Record<string, string> }

/**
 * The whole product and one Chromium for a file of tests, skipped where there is none. `prepare` is done once both run: hooks of a file do not wait for each other.
 * `settings`: for a file that needs others than a demo's.
 */
export function browserStage({ prepare = async () => undefined, settings }: Wishes = {}) {
  const stage: { whole?: Stand; browser?: Browser } = {}
  before(async () => {
    if (noBrowser) return
    stage.whole = settings ? await wholeSystem(settings) : (yours() ?? (await wholeSystem()))
    stage.browser = await openBrowser()
    await prepare()
  })
  after(async () => {
    await stage.browser?.close()
    await stage.whole?.drop()
  })
  return {
    skip: noBrowser,
    shop: {
      get url(): string {
        return stage.whole!.system.url
      },
      /** What the back office knows. */
      office: (path: string): Promise<any> => askOffice(stage.whole!, path),
      /** A barcode of something the shop 0001 has, and what it is called. */
      aThing: (): Promise<{ ean: string; name: string }> => aThingIn(stage.whole!.system.url),
      /** Something with variants and a composition, and one of its ingredients that may harm. */
      aComposedThing: (): Promise<{ slug: string; ingredient: string }> => aComposedThingIn(stage.whole!.system.url),
      /** Things that are sold, one sku of each. */
      someThings: (count: number): Promise<{ id: number; slug: string; name: string; sku: string }[]> =>
        someThingsIn(stage.whole!.system.url, count),
      /** Staff and tills of the shop, for what a person does not do themselves. */
      mila: (): Promise<Mila> => milaAt(stage.whole!),
      /** Lets minutes pass there: a code is asked for again, a proof of who one is grows old. */
      letPass: (minutes: number): Promise<unknown> => milaAt(stage.whole!).then((mila) => mila.moveClock(minutes / (24 * 60))),
    },
    /** A page of its own; no script of ours may break on it. */
    async withPage(options: object, walk: (page: Page, context: BrowserContext) => Promise<void>): Promise<void> {
      const context = await stage.browser!.newContext(options)
      context.setDefaultTimeout(30_000)
      const page = await context.newPage()
      const broken = faultsOn(page)
      try {
        await walk(page, context)
        assert.deepEqual(broken, [], "no script of ours breaks")
      } finally {
        await context.close()
      }
    },
  }
}

/** What breaks in a page's scripts, as it happens. */
function faultsOn(page: Page): string[] {
  const broken: string[] = []
  page.on("pageerror", ({ name, message }) => {
    if (/^Transition was /.test(message)) return // the browser's own word: it gave up fading from one page to the next
    broken.push(`${page.url()} ${name}: ${message}`)
  })
  return broken
}

type Stand = { system: { url: string }; key: string; drop: () => Promise<void> }

/** A demo of yours under MILA_CLOCK=simulated, where one is named: a suite that is being written need not wait for a start. */
function yours(): Stand | undefined {
  const { MILA_URL: url, MILA_STAFF_KEY: key } = process.env
  return url && key ? { system: { url }, key, drop: async () => undefined } : undefined
}

/** The verbs of staff and tills on a system that stands, at the time it is there. */
export async function milaAt({ system, key }: Pick<Stand, "system" | "key">): Promise<Mila> {
  const mila = new Mila(system.url, key, async () => undefined)
  await mila.readClock()
  return mila
}

async function askOffice({ system, key }: Stand, path: string): Promise<unknown> {
  return (await fetch(`${system.url}/office/v1${path}`, { headers: { authorization: `Bearer ${key}` } })).json()
}

async function aThingIn(url: string): Promise<{ ean: string; name: string }> {
  const ask = async (path: string): Promise<any> => (await fetch(`${url}/api/v1${path}`)).json()
  for (const { id, name } of (await ask("/search?shop=0001&limit=5")).items) {
    for (const { eans } of (await ask(`/products/${id}`)).variants) {
      if ((await ask(`/prices/${eans[0]}?shop=0001`)).stock) return { ean: eans[0], name }
    }
  }
  throw new Error("the shop 0001 has nothing")
}

async function aComposedThingIn(url: string): Promise<{ slug: string; ingredient: string }> {
  const ask = async (path: string): Promise<any> => (await fetch(`${url}/api/v1${path}`)).json()
  for (const { id, slug, variants } of (await ask(`/search?q=${encodeURIComponent("крем")}&limit=60`)).items) {
    const { composition } = await ask(`/products/${id}`)
    const ingredient = /Parfum|Linalool|Limonene|Citronellol|Geraniol/.exec(composition ?? "")?.[0]
    if (variants > 1 && ingredient) return { slug, ingredient }
  }
  throw new Error("nothing here has variants and a composition")
}

async function someThingsIn(url: string, count: number): Promise<{ id: number; slug: string; name: string; sku: string }[]> {
  const ask = async (path: string): Promise<any> => (await fetch(`${url}/api/v1${path}`)).json()
  const { items } = await ask(`/search?category=face&limit=${count}`)
  return Promise.all(
    items.map(async ({ id, slug, name }: { id: number; slug: string; name: string }) => ({
      ...{ id, slug, name },
      sku: (await ask(`/products/${id}`)).variants[0].sku,
    })),
  )
}
