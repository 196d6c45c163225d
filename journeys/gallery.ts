// Pictures of every page and of its states, for people to look at: npm run gallery, then open the folder gallery/.
// A part of them: npm run gallery -- phone-light-my desk-dark-state takes those whose names begin so.
import { mkdirSync, rmSync } from "node:fs"
import { join, resolve } from "node:path"
import { DESK, milaAt, openBrowser, PHONE, signInByCode } from "./browser.ts"
import { BESIDE, MINE, OPEN } from "./page-lists.ts"
import { walkStates } from "./states.ts"
import { wholeSystem } from "./system.ts"

const FOLDER = resolve(import.meta.dirname, "../gallery")

const asked = process.argv.slice(2)
/** Whether the picture of this name is asked for, or one of those whose names begin with it. */
const isAsked = (name: string): boolean => asked.length === 0 || asked.some((part) => name.startsWith(part) || part.startsWith(name))
const nameOf = (path: string): string => path.replace(/\W+/g, "-").replace(/^-|-$/g, "") || "home"

rmSync(FOLDER, { recursive: true, force: true })
mkdirSync(FOLDER, { recursive: true })
const whole = await wholeSystem()
const { url } = whole.system
const browser = await openBrowser()
const letPass = async (minutes: number) => (await milaAt(whole)).moveClock(minutes / (24 * 60))
let person = 20
for (const [size, options] of Object.entries({ phone: PHONE, desk: DESK })) {
  for (const colorScheme of ["light", "dark"] as const) {
    const look = `${size}-${colorScheme}`
    const context = await browser.newContext({ ...options, colorScheme })
    const page = await context.newPage()
    /** The whole page in one picture, with what sticks to the screen's edge at its end. */
    const shoot = async (name: string) => {
      if (!isAsked(`${look}-${name}`)) return
      await page.waitForLoadState("networkidle")
      const { width, height } = options.viewport
      const tall = await page.evaluate<number>("document.querySelector('dialog[open]') ? 0 : document.documentElement.scrollHeight")
      await page.setViewportSize({ width, height: Math.max(height, tall) })
      await page.screenshot({ path: join(FOLDER, `${look}-${name}.png`) })
      await page.setViewportSize(options.viewport)
    }
    const open = async (path: string) => {
      await page.goto(`${url}${path}`)
      await shoot(nameOf(path))
    }
    const [known, fresh] = [`+375 29 000-00-${(person += 1)}`, `+375 33 820-00-${person}`]
    for (const path of [...OPEN, ...BESIDE].filter((one) => isAsked(`${look}-${nameOf(one)}`))) await open(path)
    const mine = MINE.filter((one) => isAsked(`${look}-${nameOf(one)}`))
    if (mine.length > 0) await signInByCode(page, url, known)
    for (const path of mine) await open(path)
    await context.clearCookies()
    await letPass(61) // so many codes at once nobody gets from one place
    if (isAsked(`${look}-state`))
      await walkStates(page, { url, prefix: "", fresh, known, letPass, see: (state) => shoot(`state-${state}`) })
    await context.close()
  }
}
await browser.close()
await whole.drop()
console.log(FOLDER)
