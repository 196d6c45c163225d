import { ean13Path } from "../pages/parts/ean13.ts"
import { codeNow, readPocket, secondsLeft } from "../pages/parts/pocket.ts"
import { qrPath } from "@mila/kernel/qr"
import { localeHere } from "./away-words.ts"
import { drawFrame } from "./away-frame.ts"
import { WORDS } from "./words.ts"

// The card without a network: drawn from what this phone keeps. No framework, so that it stands on the screen at once.

const at = (id: string): HTMLElement => document.getElementById(id)!

async function show(): Promise<void> {
  const pocket = await readPocket().catch(() => undefined)
  const locale = pocket?.locale ?? localeHere()
  const words = WORDS[locale]
  const isCardPage = /^\/(?:(?:be|en)\/)?my\/card$/.test(location.pathname)
  document.documentElement.lang = locale
  drawFrame(locale, isCardPage ? "/my/card" : null)
  document.title = words.title
  at("title").textContent = words.title
  at("offline").textContent = navigator.onLine ? words.reach : words.offline
  at("again").textContent = words.again
  at("again").addEventListener("click", () => location.reload())
  if (!pocket) {
    if (!isCardPage) document.title = at("title").textContent = words.away
    at("offline").textContent = isCardPage ? words.empty : words.awaySays
    return
  }
  at("show").textContent = words.show
  at("bars").setAttribute("aria-label", words.barcode)
  at("bars").querySelector("path")!.setAttribute("d", ean13Path(pocket.number, 44))
  at("digits").textContent = `${pocket.number[0]} ${pocket.number.slice(1, 7)} ${pocket.number.slice(7)}`
  at("says").textContent = words.code
  at("balance").textContent = pocket.balance
  at("balance-at").textContent = words.asOf.replace("{at}", pocket.balanceAt)
  at("pass").hidden = false
  const draw = async () => {
    const now = new Date()
    const { size, path } = qrPath(await codeNow(pocket, now))
    at("qr").setAttribute("viewBox", `0 0 ${size} ${size}`)
    at("qr").setAttribute("aria-label", words.code)
    at("qr").querySelector("path")!.setAttribute("d", path)
    ;(at("left") as HTMLProgressElement).value = secondsLeft(now)
  }
  await draw()
  setInterval(() => void draw(), 1_000)
  await navigator.wakeLock?.request("screen").catch(() => undefined)
}

window.addEventListener("online", () => location.reload())
void show()
