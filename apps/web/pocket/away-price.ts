import {
  type FoundKept,
  isCode,
  keptMoney,
  keptPricesOf,
  noteToTell,
  readToTell,
  tellNoted,
  type PricePack,
} from "../pages/parts/kept-prices.ts"
import { kept } from "../pages/parts/kept.ts"
import { kopecksIn } from "../pages/price-check/kopecks-rules.ts"
import { type Away, AWAY, dayHere, localeHere, momentHere } from "./away-words.ts"
import { drawFrame } from "./away-frame.ts"
import { guardFields } from "./guard.ts"

// The price check without a network: from what this phone keeps, each price with its age. What nobody knows, and claims, are noted and told later.

const at = (id: string): HTMLElement => document.getElementById(id)!
const locale = localeHere()
const words: Away = AWAY[locale]
const AGAIN_MS = 5_000
const online = `${locale === "ru" ? "" : `/${locale}`}/price-check`
let shown: FoundKept | undefined
let stop: (() => void) | undefined

async function begin(): Promise<void> {
  guardFields()
  const pack = await kept<PricePack>("prices").catch(() => undefined)
  document.documentElement.lang = locale
  document.title = words.price
  const asked = new URLSearchParams(location.search)
  if (asked.has("kiosk")) at("head").hidden = true // a screen in a shop leads nowhere
  drawFrame(locale, "/price-check")
  say("title", words.price)
  say("offline", pack ? (navigator.onLine ? words.reach : words.offline) : words.nothingKept)
  for (const [id, text] of [
    ["label", words.digits],
    ["check", words.check],
    ["look", words.scan],
    ["again", words.again],
    ["with", words.withCard],
    ["differs-title", words.differs],
    ["differs-says", words.differsSays],
    ["till-label", words.till],
    ["contact-label", words.contact],
    ["send", words.send],
    ["shop", pack ? words.shop.replace("{shop}", pack.shopName) : ""],
  ] as const)
    say(id, text)
  const field = at("ean") as HTMLInputElement
  field.placeholder = words.digits
  at("again").addEventListener("click", () => location.reload())
  at("look").addEventListener("click", () => void look())
  at("asked").addEventListener("submit", (event) => {
    event.preventDefault()
    void check(field.value)
  })
  at("claim").addEventListener("submit", (event) => {
    event.preventDefault()
    void claim()
  })
  const ean = asked.get("ean")
  if (ean) {
    field.value = ean
    await check(ean)
  }
}

async function check(typed: string): Promise<void> {
  const code = typed.replace(/[\s-]/g, "")
  const pack = await kept<PricePack>("prices").catch(() => undefined)
  const found = isCode(code) ? await keptPricesOf(code).catch(() => []) : []
  clear()
  if (found.length > 1) return ask(found)
  if (found[0]) return tell(found[0])
  if (!isCode(code)) return say("what", words.wrong)
  const seen = { code, shop: pack?.shop ?? null, seenAt: new Date().toISOString() }
  await noteToTell({ codes: [seen] }).catch(() => undefined) // a phone that keeps nothing still shows
  say("what", words.unknown)
  say("until", words.unknownSays)
}

function clear(): void {
  shown = undefined
  at("priced").hidden = false
  for (const id of ["differs", "noted", "with"]) at(id).hidden = true
  for (const id of ["regular", "before", "until", "stock", "age", "card", "which"]) say(id, "")
}

/** One barcode on several things: each with its price, to choose the one that is meant. */
function ask(found: readonly FoundKept[]): void {
  say("what", words.which)
  for (const one of found) {
    const choice = document.createElement("button")
    choice.type = "button"
    const price = Object.assign(document.createElement("b"), { className: "num which-price", textContent: keptMoney(one.price[2], locale) })
    choice.append(Object.assign(document.createElement("span"), { textContent: one.price[1] }), price)
    choice.addEventListener("click", () => {
      clear()
      tell(one)
    })
    const row = document.createElement("li")
    row.append(choice)
    at("which").append(row)
  }
}

function tell(found: FoundKept): void {
  shown = found
  at("differs").hidden = new URLSearchParams(location.search).has("kiosk")
  const { price, at: when } = found
  const [, name, cardMinor, regularMinor, beforeMinor, endsAt, stockMilli] = price
  const money = (kopecks: number) => keptMoney(kopecks, locale)
  say("what", name)
  say("card", money(cardMinor))
  const isCheaperWithCard = regularMinor > cardMinor
  at("with").hidden = !isCheaperWithCard
  if (isCheaperWithCard) say("regular", words.withoutCard.replace("{price}", money(regularMinor)))
  const isOver = endsAt !== 0 && endsAt * 1000 <= Date.now()
  if (beforeMinor > regularMinor && !isOver) say("before", words.before.replace("{price}", money(beforeMinor)))
  if (endsAt !== 0) {
    const last = dayHere(endsAt * 1000 - 1)
    const usual = money(Math.max(beforeMinor, regularMinor))
    say("until", (isOver ? words.over : words.until).replace("{day}", last).replace("{price}", usual))
  }
  if (stockMilli >= 0) {
    const amount = stockMilli === 0 ? words.none : stockMilli <= 2_000 ? words.few : stockMilli <= 6_000 ? words.some : words.many
    say("stock", words.stock.replace("{amount}", amount))
  }
  say("age", words.age.replace("{at}", momentHere(Date.parse(when))).replace("{ago}", ageText(Date.now() - Date.parse(when))))
}

function ageText(ms: number): string {
  const minutes = Math.max(1, Math.floor(ms / 60_000))
  if (minutes < 60) return words.minutes.replace("{n}", String(minutes))
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? words.hours.replace("{n}", String(hours)) : words.days.replace("{n}", String(Math.floor(hours / 24)))
}

async function claim(): Promise<void> {
  const till = at("till") as HTMLInputElement
  const tillMinor = kopecksIn(till.value)
  till.toggleAttribute("aria-invalid", Number.isNaN(tillMinor))
  if (!shown || Number.isNaN(tillMinor)) return till.focus()
  const [ean, , cardMinor, regularMinor, , , , sku] = shown.price
  const contact = (at("contact") as HTMLInputElement).value.trim()
  const shownAt = new Date().toISOString()
  const seen = { ean, ...(sku === undefined ? {} : { sku }), shop: shown.shop, regularMinor, cardMinor, shownAt }
  await noteToTell({ claims: [{ ...seen, tillMinor, contact, words: "" }] })
  at("differs").hidden = true
  at("noted").hidden = false
  say("noted", words.noted)
}

async function look(): Promise<void> {
  const video = at("video") as HTMLVideoElement
  if (stop) {
    stop()
    stop = undefined
    video.hidden = true
    return say("look", words.scan)
  }
  try {
    const { lookThrough } = await import("../pages/parts/scan/look.ts")
    video.hidden = false
    stop = await lookThrough(video, {
      wanted: "goods",
      found(digits) {
        void look()
        ;(at("ean") as HTMLInputElement).value = digits
        void check(digits)
      },
    })
    say("look", words.stop)
  } catch {
    video.hidden = true
    say("camera", words.denied)
  }
}

function say(id: string, text: string): void {
  at(id).textContent = text
}

// the page is not taken away from who is reading or writing on it
window.addEventListener("online", () => void tellAndSay().catch(() => undefined)) // what could not be told stays noted

async function tellAndSay(): Promise<void> {
  say("offline", words.back)
  await tellWhatIsNoted()
}

// a server that was away sends no word when it is back; while something is noted it is tried again
setInterval(() => void tellWhatIsNoted().catch(() => undefined), AGAIN_MS)

async function tellWhatIsNoted(): Promise<void> {
  if ((await countNoted()) === 0) return
  await tellNoted(`${online}/told`)
  if ((await countNoted()) > 0) return
  at("noted").hidden = false
  say("noted", words.sent)
}

const countNoted = async (): Promise<number> => {
  const { codes, claims } = await readToTell()
  return codes.length + claims.length
}

void begin()
