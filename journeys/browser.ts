import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import assert from "node:assert/strict"
import { after, before } from "node:test"
import { Mila } from "./adapter.ts"
import { wholeSystem } from "./system.ts"
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core"

const PATHS = [
  process.env["MILA_CHROMIUM"],
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

export const openBrowser = (args: readonly string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM!, headless: true, args: [...QUIET, ...args] })

/** A browser that remembers: closed and opened again it is the same phone. */
export async function ownPhone(): Promise<{ open: () => Promise<BrowserContext>; drop: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), "mila-phone-"))
  return {
    async open() {
      const context = await chromium.launchPersistentContext(folder, { executablePath: CHROMIUM!, headless: true, args: QUIET, ...PHONE })
      context.setDefaultTimeout(15_000)
      return context
    },
    drop: () => rmSync(folder, { recursive: true, force: true }),
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

/** What a person who doesn't see or has no mouse would stumble over (WCAG 2.2 A and AA), one line each. */
export async function stumbles(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(AXE, "utf8"))
  const found = await page.evaluate<Violation[]>(
    'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }).then((told) => told.violations)',
  )
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

/** Every page anybody may open, and every page of the account. */
const SHOP = [
  "/catalog",
  "/catalog/makeup",
  "/catalog/face/creams?attr.skin_type=dry&discounted=1",
  "/search?q=gfnxb",
  "/search?q=zzzz",
  "/promo/podarki",
  "/p/podarochnyj-sertifikat",
  "/shops/0001",
]
export const OPEN = ["/", ...SHOP, "/register", "/sign-in", "/recover", "/shops", "/demo/outbox", "/unsubscribe?t=none"]
export const MINE = [
  ...["/my", "/my/card", "/my/bonuses", "/my/receipts", "/my/data", "/my/data/consent/ads_sms", "/my/data/leave"],
  ...["/my/subscriptions", "/my/devices"],
]

/** The whole product and one Chromium for a file of tests; where there is no Chromium the tests say so and are skipped. */
export function browserStage() {
  const stage: { whole?: Awaited<ReturnType<typeof wholeSystem>>; browser?: Browser } = {}
  before(async () => {
    if (noBrowser) return
    stage.whole = await wholeSystem()
    stage.browser = await openBrowser()
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
      /** Lets minutes pass there: a code is asked for again, a proof of who one is grows old. */
      async letPass(minutes: number): Promise<void> {
        const { system, key } = stage.whole!
        const mila = new Mila(system.url, key, async () => undefined)
        await mila.readClock()
        await mila.moveClock(minutes / (24 * 60))
      },
    },
    /** A page of its own; no script of ours may break on it. */
    async withPage(options: object, walk: (page: Page, context: BrowserContext) => Promise<void>): Promise<void> {
      const context = await stage.browser!.newContext(options)
      context.setDefaultTimeout(15_000)
      const page = await context.newPage()
      const broken: string[] = []
      page.on("pageerror", (error) => broken.push(error.message))
      try {
        await walk(page, context)
        assert.deepEqual(broken, [], "no script of ours breaks")
      } finally {
        await context.close()
      }
    },
  }
}
