// Pictures of every page, for people to look at: npm run gallery, then open the folder gallery/.
import { mkdirSync, rmSync } from "node:fs"
import { join, resolve } from "node:path"
import { DESK, MINE, OPEN, openBrowser, PHONE, signInByCode } from "./browser.ts"
import { wholeSystem } from "./system.ts"

const FOLDER = resolve(import.meta.dirname, "../gallery")

rmSync(FOLDER, { recursive: true, force: true })
mkdirSync(FOLDER, { recursive: true })
const { system, drop } = await wholeSystem()
const browser = await openBrowser()
let member = 20
for (const [size, options] of Object.entries({ phone: PHONE, desk: DESK })) {
  for (const colorScheme of ["light", "dark"] as const) {
    const context = await browser.newContext({ ...options, colorScheme })
    const page = await context.newPage()
    const shoot = async (path: string) => {
      await page.goto(`${system.url}${path}`)
      await page.waitForLoadState("networkidle")
      const name = path.replace(/\W+/g, "-").replace(/^-|-$/g, "") || "home"
      await page.screenshot({ path: join(FOLDER, `${size}-${colorScheme}-${name}.png`), fullPage: true })
    }
    for (const path of OPEN) await shoot(path)
    await signInByCode(page, system.url, `+375 29 000-00-${(member += 1)}`)
    for (const path of MINE) await shoot(path)
    await context.close()
  }
}
await browser.close()
await drop()
console.log(FOLDER)
