import type { CatalogueTurn, CatalogueWatch, Moment } from "@mila/catalog"
import { createHash } from "node:crypto"
import { brotliDecompressSync } from "node:zlib"
import { packedBytes } from "./packed.ts"
import type { Visit } from "./visit.ts"
import { type Looked, watched } from "./watched-visit.ts"

const MOST_BYTES = 64 * 1024 * 1024
const MOST_OF_ONE = 1024 * 1024
const LONGEST_ADDRESS = 500
const LIFE_MS = 30_000
const SHOPS_LIFE_MS = 2_000 // open or shut is said by the minute, and a shop may close for the day

/** Pages that may be the same for all guests, and the data a walk between them asks for. Whether they are is seen while they are made. */
const SHARED =
  /^(?:\/(?:be|en)(?=$|[/.]))?(?:\/(?:_root|catalog(?:\/[\w/-]+)?|search|p\/[\w-]+|promo\/[\w-]+|shops(?:\/\w+)?)?)?(?:\.data)?$/
const OF_SHOPS = /^(?:\/(?:be|en))?\/shops\b/
const INLINE_SCRIPT = /<script\b(?![^>]*\bsrc=)(?![^>]*ld\+json)[^>]*>([\s\S]*?)<\/script>/g

type Kept = {
  moment: Moment
  packed: Buffer
  headers: readonly (readonly [string, string])[]
  scripts: string
  looked: Looked
}

/** A page as any guest gets it. `scripts`: the sources by which a policy lets run what stands in it. */
export type GuestPage = { packed: Buffer; headers: Headers; scripts: string }

type Make = (request: Request, visit: Visit) => Promise<Response>
type Asked = { key: string; request: Request; visit: Visit; turn: CatalogueTurn }

/**
 * Pages of the shop that are the same for every guest, kept for moments. One is kept only if nothing the visitor's own was looked at while it was made
 * (a cookie that is there, the browser's name, the network address), and answered only after the database has said that nothing was changed since:
 * who is signed in never meets it, and no price is older than the question.
 */
export class GuestPages {
  readonly #watch: CatalogueWatch
  readonly #kept = new Map<string, Kept>()
  readonly #making = new Map<string, Promise<Kept | undefined>>()
  #bytes = 0

  constructor(watch: CatalogueWatch) {
    this.#watch = watch
  }

  /**
   * The guests' page for this request, from memory or made now; a Response when it turned out to be this visitor's own, undefined when nobody shares such a
   * page. Cookies it gives are given. Errors: what `make` throws.
   */
  async answer(request: Request, visit: Visit, make: Make): Promise<GuestPage | Response | undefined> {
    const key = keyOf(request, visit)
    if (key === undefined) return undefined
    const turn = await this.#watch.now().catch(() => undefined)
    if (turn === undefined) return undefined // whoever makes the page says what is wrong
    const asked = { key, request, visit, turn }
    const ready = this.#usable(this.#kept.get(key), asked) ?? this.#usable(await this.#making.get(key), asked)
    if (ready) return given(ready, visit)
    const making = Promise.withResolvers<Kept | undefined>()
    this.#making.set(key, making.promise)
    let kept: Kept | undefined
    try {
      const made = await this.#made(asked, make)
      kept = made.kept
      return kept ? given(kept, visit) : made.answer
    } finally {
      making.resolve(kept)
      if (this.#making.get(key) === making.promise) this.#making.delete(key)
    }
  }

  #usable(kept: Kept | undefined, { visit, turn }: Asked): Kept | undefined {
    if (!kept || !this.#watch.holds(kept.moment, turn)) return undefined
    const isAlike = kept.looked.absent.every((name) => visit.cookies.get(name) === undefined) && (visit.isNew || !kept.looked.device)
    return isAlike ? kept : undefined
  }

  async #made({ key, request, visit, turn }: Asked, make: Make): Promise<{ answer: Response; kept?: Kept }> {
    const { visit: seen, looked } = watched(visit)
    const answer = await make(new Request(request.url), seen) // nothing of the request but its address, so that nothing else can show
    if (answer.status !== 200 || looked.own || (looked.device && !visit.isNew)) return { answer }
    const whole = Buffer.from(await answer.arrayBuffer())
    const kept: Kept = {
      ...{ looked, packed: packedBytes(whole), scripts: sourcesIn(whole, answer) },
      headers: [...answer.headers].filter(([name]) => name !== "content-length"),
      moment: this.#watch.moment(turn, { lifeMs: OF_SHOPS.test(new URL(request.url).pathname) ? SHOPS_LIFE_MS : LIFE_MS }),
    }
    this.#keep(key, kept)
    return { answer, kept }
  }

  /** The latest made are kept, as many as fit. */
  #keep(key: string, kept: Kept): void {
    this.#drop(key)
    if (kept.packed.length > MOST_OF_ONE) return
    this.#kept.set(key, kept)
    this.#bytes += kept.packed.length
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= MOST_BYTES) break
      this.#drop(oldest)
    }
  }

  #drop(key: string): void {
    this.#bytes -= this.#kept.get(key)?.packed.length ?? 0
    this.#kept.delete(key)
  }
}

/** What a page depends on beside the catalogue; undefined where pages are nobody's but the visitor's. */
function keyOf({ method, url }: Request, { session, cookies, large, zone }: Visit): string | undefined {
  if (method !== "GET" || session || cookies.get("session") !== undefined || url.length > LONGEST_ADDRESS) return undefined
  const shop = cookies.get("shop") ?? ""
  if (!SHARED.test(new URL(url).pathname) || !/^\w{0,32}$/.test(shop)) return undefined
  return `${shop} ${zone ?? ""} ${large ? "large" : ""} ${url}`
}

function given({ packed, headers, scripts, looked }: Kept, { cookies }: Visit): GuestPage {
  for (const [name, value, days] of looked.gave) cookies.set(name, value, { days })
  return { packed, scripts, headers: new Headers(headers as [string, string][]) }
}

/** The same bytes for all cannot carry a nonce: a policy names the scripts in them by their digests (CSP Level 3, 2.3.1). */
function sourcesIn(page: Buffer, { headers }: Response): string {
  if (!headers.get("content-type")?.startsWith("text/html")) return ""
  const scripts = [...page.toString().matchAll(INLINE_SCRIPT)].map(([, script = ""]) => script)
  return [...new Set(scripts)].map((script) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`).join(" ")
}

/** The page for a browser that takes no packed one. */
export const unpacked = ({ packed }: GuestPage): Buffer => brotliDecompressSync(packed)
