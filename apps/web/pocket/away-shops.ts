import { kept } from "../pages/parts/kept.ts"
import { ShopMap } from "../pages/shops/map/shop-map.ts"
import { type PlacedShop, placedShops, type Points } from "../pages/shops/points-kept.ts"
import { AWAY, localeHere, momentHere } from "./away-words.ts"
import { drawFrame } from "./away-frame.ts"
import { guardFields } from "./guard.ts"

// Shops without a network: the list and the map this phone keeps, with hours for a week.

const MOST_LISTED = 60
const at = (id: string): HTMLElement => document.getElementById(id)!
const locale = localeHere()
const words = AWAY[locale]

async function begin(): Promise<void> {
  guardFields()
  drawFrame(locale, "/shops")
  const points = await kept<Points>("points").catch(() => undefined)
  document.documentElement.lang = locale
  document.title = words.shops
  for (const [id, text] of [
    ["title", words.shops],
    ["label", words.search],
    ["find", words.find],
    ["open-label", words.open],
    ["again", words.again],
  ] as const)
    at(id).textContent = text
  at("again").addEventListener("click", () => location.reload())
  at("map").setAttribute("aria-label", words.map)
  ;(at("q") as HTMLInputElement).placeholder = words.search
  if (!points) {
    at("offline").textContent = words.noShops
    for (const part of [at("asked"), at("map"), at("open").closest("label")!]) part.hidden = true
    return
  }
  at("offline").textContent = words.offlineShops.replace("{at}", momentHere(Date.parse(points.at)))
  const shops = placedShops(points, words, new Date())
  const map = new ShopMap(at("map"), { locale, words, tiles: null, choose: (code) => pick(code) })
  const pick = (code: string): void => {
    map.mark(code)
    const shop = shops.find((one) => one.code === code)
    if (shop) list([shop])
  }
  const search = (look: boolean): void => {
    const found = wanted(shops)
    list(found)
    map.mark(null)
    map.show(found, look)
  }
  at("asked").addEventListener("submit", (event) => {
    event.preventDefault()
    search(true)
  })
  at("open").addEventListener("change", () => search(false))
  const [, code] = /\/shops\/([^/]+)$/.exec(location.pathname) ?? []
  ;(at("q") as HTMLInputElement).value = new URLSearchParams(location.search).get("q") ?? ""
  search(true)
  if (code !== undefined) pick(decodeURIComponent(code))
}

function wanted(shops: readonly PlacedShop[]): PlacedShop[] {
  const typed = plain((at("q") as HTMLInputElement).value)
    .split(/[\s,]+/)
    .filter(Boolean)
  const onlyOpen = (at("open") as HTMLInputElement).checked
  return shops.filter(({ title, isOpen }) => typed.every((word) => plain(title).includes(word)) && (!onlyOpen || isOpen === true))
}

function list(shops: readonly PlacedShop[]): void {
  at("count").textContent = words.count.replace("{n}", String(shops.length))
  at("rows").replaceChildren(
    ...shops.slice(0, MOST_LISTED).map(({ title, says, isOpen }) => {
      const row = document.createElement("li")
      row.className = "shop-row"
      const hours = Object.assign(document.createElement("small"), {
        textContent: says,
        className: isOpen === false ? "shut-says" : "open-says",
      })
      row.append(Object.assign(document.createElement("b"), { textContent: title }), hours)
      return row
    }),
  )
}

const plain = (text: string): string => text.toLocaleLowerCase("ru").replaceAll("ё", "е")

window.addEventListener("online", () => (at("offline").textContent = words.back))
void begin()
