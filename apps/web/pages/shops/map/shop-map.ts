import base from "./belarus.json?url"
import { clustersOf, type Located, onScreen, type Sight, sightOf, TILE, type World, worldOf } from "./mercator.ts"
import { moving } from "./moving.ts"
import { type BaseMap, type Ground, groundOf, paintGround, paintNames, paintSelf, tilesFrom } from "./paint.ts"

export type MapShop = Located & { code: string; title: string; says: string; isOpen: boolean | null }

export type MapWords = { closer: string; farther: string; together: string }

export type MapOptions = {
  locale: "ru" | "be" | "en"
  words: MapWords
  /** a source of tiles of the chain's own, and what it asks to be said of it */
  tiles: { url: string; credit: string } | null
  /** a mark of one shop was pressed */
  choose: (code: string) => void
}

type Mark = MapShop & { at: World }

const LEAST_ZOOM = 4.5
const MOST_ZOOM = 17
const MOST_ZOOM_OF_BASE = 14 // past it our own ground is empty
const CLOSE = { tiles: 14.5, base: 10.2 } // how near one shop is shown
const APART = 46 // pixels; nearer marks are one
const BELARUS = [worldOf({ latitude: 56.17, longitude: 23.2 }), worldOf({ latitude: 51.25, longitude: 32.75 })]

/** The map of shops in `root`, which has a size by style. Usable by mouse, fingers and keys; each mark is a button with a name. */
export class ShopMap {
  readonly #root: HTMLElement
  readonly #options: MapOptions
  readonly #canvas = document.createElement("canvas")
  readonly #marks = element("div", "map-marks")
  readonly #drawn = new Map<string, HTMLElement>()
  readonly #aborted = new AbortController()
  readonly #grown = new ResizeObserver(() => this.#draw())
  readonly #paintTiles: ReturnType<typeof tilesFrom> | null
  readonly #most: number
  #ground: Ground | undefined
  #things: Mark[] = []
  #marked: string | null = null
  #self: World | null = null
  #sight: Sight
  #asked = 0

  constructor(root: HTMLElement, options: MapOptions) {
    this.#root = root
    this.#options = options
    const { tiles } = options
    this.#most = tiles ? MOST_ZOOM : MOST_ZOOM_OF_BASE
    this.#paintTiles = tiles && tilesFrom(tiles.url, () => this.#draw())
    this.#sight = sightOf(BELARUS, this.#size(), this.#most)
    this.#canvas.setAttribute("aria-hidden", "true")
    root.append(this.#canvas, this.#marks, this.#keys())
    const { signal } = this.#aborted
    void this.#bringGround(signal)
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#draw(), { signal })
    this.#grown.observe(root)
    moving(root, { signal, move: (dx, dy) => this.#move(dx, dy), zoomBy: (by, at) => this.#zoomBy(by, at) })
  }

  /** Shows these and no others; with `look` the sight goes where they are. */
  show(shops: readonly MapShop[], look: boolean): void {
    this.#things = shops.map((shop) => ({ ...shop, at: worldOf(shop) }))
    if (!look) return this.#draw()
    const all = this.#things.length > 0 ? this.#things.map(({ at }) => at) : BELARUS
    this.#go(sightOf(all, this.#size(), this.#close()))
  }

  /** Marks one of them and brings it into sight; null unmarks. */
  mark(code: string | null): void {
    this.#marked = code
    const thing = this.#things.find((one) => one.code === code)
    if (thing) this.#go({ middle: thing.at, zoom: Math.max(this.#sight.zoom, this.#close()) })
    else this.#draw()
  }

  /** Where the person stands, as they said. */
  here(at: Located): void {
    this.#self = worldOf(at)
    this.#draw()
  }

  drop(): void {
    this.#aborted.abort()
    this.#grown.disconnect()
    cancelAnimationFrame(this.#asked)
    this.#root.replaceChildren()
  }

  async #bringGround(signal: AbortSignal): Promise<void> {
    try {
      const answer = await fetch(base, { signal })
      this.#ground = groundOf((await answer.json()) as BaseMap, this.#options.locale)
      this.#draw()
    } catch {
      // without a base map the marks still stand where they belong
    }
  }

  #keys(): HTMLElement {
    const { words, tiles } = this.#options
    const box = element("div", "map-keys")
    for (const [sign, says, by] of [
      ["+", words.closer, 1],
      ["−", words.farther, -1],
    ] as const) {
      const key = button("", says)
      key.textContent = sign
      key.addEventListener("click", () => this.#zoomBy(by))
      box.append(key)
    }
    if (tiles) this.#root.append(Object.assign(element("small", "map-credit"), { textContent: tiles.credit }))
    return box
  }

  #go({ middle: { x, y }, zoom }: Sight): void {
    this.#sight = { middle: { x: within(x, 0, 1), y: within(y, 0, 1) }, zoom: within(zoom, LEAST_ZOOM, this.#most) }
    this.#draw()
  }

  #move(dx: number, dy: number): void {
    const { middle, zoom } = this.#sight
    const wide = TILE * 2 ** zoom
    this.#go({ zoom, middle: { x: middle.x - dx / wide, y: middle.y - dy / wide } })
  }

  /** Keeps the place under `at` (pixels from the middle) where it is. */
  #zoomBy(by: number, at: World = { x: 0, y: 0 }): void {
    const { middle, zoom: before } = this.#sight
    const zoom = within(before + by, LEAST_ZOOM, this.#most)
    const [narrow, wide] = [TILE * 2 ** before, TILE * 2 ** zoom]
    this.#go({ zoom, middle: { x: middle.x + at.x / narrow - at.x / wide, y: middle.y + at.y / narrow - at.y / wide } })
  }

  #draw(): void {
    if (this.#asked === 0) this.#asked = requestAnimationFrame(() => this.#paint())
  }

  #paint(): void {
    this.#asked = 0
    const { width, height } = this.#size()
    const paper = this.#canvas.getContext("2d")
    if (width === 0 || !paper) return
    const dense = Math.min(devicePixelRatio || 1, 2)
    const [across, down] = [Math.floor(width * dense), Math.floor(height * dense)]
    if (this.#canvas.width !== across || this.#canvas.height !== down) [this.#canvas.width, this.#canvas.height] = [across, down]
    paper.setTransform(dense, 0, 0, dense, 0, 0)
    const style = getComputedStyle(this.#root)
    const page = { paper, width, height, colour: (name: string) => style.getPropertyValue(name) }
    paintGround(page, this.#ground, this.#sight)
    this.#paintTiles?.(page, this.#sight)
    if (!this.#paintTiles) paintNames(page, this.#ground, this.#sight)
    if (this.#self) paintSelf(page, this.#self, this.#sight)
    this.#place({ width, height })
  }

  /** Each mark is made once and moved after; what went out of sight is taken away. */
  #place({ width, height }: { width: number; height: number }): void {
    const kept = new Set<string>()
    const [free, chosen] = [
      this.#things.filter(({ code }) => code !== this.#marked),
      this.#things.filter(({ code }) => code === this.#marked),
    ]
    const alone = chosen.map((thing) => ({ things: [thing], at: thing.at }))
    for (const { things, at } of [...clustersOf(free, { zoom: Math.floor(this.#sight.zoom * 4) / 4, pixels: APART }), ...alone]) {
      const { x, y } = onScreen(at, this.#sight)
      if (Math.abs(x) > width / 2 + 30 || Math.abs(y) > height / 2 + 40) continue
      const key = `${things[0]!.code}/${things.length}/${things[0]!.code === this.#marked}`
      kept.add(key)
      let mark = this.#drawn.get(key)
      if (!mark) {
        mark = things.length === 1 ? this.#oneMark(things[0]!) : this.#manyMark(things)
        this.#drawn.set(key, mark)
        this.#marks.append(mark)
      }
      mark.style.translate = `${x + width / 2}px ${y + height / 2}px` // not transform: a chosen mark is scaled where it stands
    }
    for (const [key, mark] of this.#drawn) {
      if (kept.has(key)) continue
      if (mark === document.activeElement) this.#root.focus({ preventScroll: true })
      mark.remove()
      this.#drawn.delete(key)
    }
  }

  #oneMark({ code, title, says, isOpen }: Mark): HTMLElement {
    const mark = button(code === this.#marked ? "mark chosen-mark" : isOpen === false ? "mark shut" : "mark", `${title}. ${says}`)
    mark.setAttribute("aria-pressed", String(code === this.#marked))
    mark.addEventListener("click", () => this.#options.choose(code))
    return mark
  }

  #manyMark(things: readonly Mark[]): HTMLElement {
    const mark = button(
      things.length >= 20 ? "marks many" : "marks",
      this.#options.words.together.replace("{count}", String(things.length)),
    )
    mark.textContent = String(things.length)
    mark.addEventListener("click", () => {
      const { middle, zoom } = sightOf(
        things.map(({ at }) => at),
        this.#size(),
        this.#most,
      )
      this.#go({ middle, zoom: Math.max(zoom, this.#sight.zoom + 0.75) })
    })
    return mark
  }

  #close(): number {
    return this.#paintTiles ? CLOSE.tiles : CLOSE.base
  }

  #size(): { width: number; height: number } {
    return { width: this.#root.clientWidth, height: this.#root.clientHeight }
  }
}

function element(tag: string, className: string): HTMLElement {
  return Object.assign(document.createElement(tag), { className })
}

function button(className: string, label: string): HTMLButtonElement {
  const made = Object.assign(document.createElement("button"), { className, type: "button" as const })
  made.setAttribute("aria-label", label)
  return made
}

const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))
