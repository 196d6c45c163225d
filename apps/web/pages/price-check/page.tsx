import { useEffect } from "react"
import { Form } from "react-router"
import { pathIn } from "../parts/address.ts"
import { carryPrices, noteToTell, rememberSeen, tellNoted } from "../parts/kept-prices.ts"
import { To } from "../parts/link.tsx"
import { useRoot } from "../parts/root-data.ts"
import { Seo } from "../parts/seo.tsx"
import { type Loading, visitOf } from "../visit-context.ts"
import { actOnPrice, type PriceAnswer } from "./acts.server.ts"
import { Kiosk } from "./kiosk.tsx"
import { type PricePage, pricePage } from "./page.server.ts"
import { Result } from "./result.tsx"
import { Scan } from "./scan.tsx"
import { ShopChoice } from "./shop-choice.tsx"

export function loader(loading: Loading) {
  const asked = new URL(loading.request.url).searchParams
  const short = (name: string, most: number) => asked.get(name)?.slice(0, most) ?? null
  const named = { ean: short("ean", 40), sku: short("sku", 64), shop: short("shop", 32) }
  return pricePage(visitOf(loading), { ...named, town: short("town", 80), kiosk: short("kiosk", 32) })
}

export async function action(acting: Loading) {
  return actOnPrice(visitOf(acting), await acting.request.formData())
}

type FromServer = { request: Request; serverLoader: () => Promise<PricePage> }

/** Without a network the browser is sent to the same address as a page: the service worker answers it with the prices this phone keeps. */
export async function clientLoader({ request, serverLoader }: FromServer): Promise<PricePage> {
  try {
    if (!navigator.onLine) throw new TypeError("no network")
    return await serverLoader()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    location.assign(request.url)
    return new Promise<never>(() => undefined)
  }
}

export default function PriceCheck({ loaderData, actionData }: { loaderData: PricePage; actionData?: PriceAnswer }) {
  const { locale } = useRoot()
  const { words, typed, kiosk, shop, result, seo, knowsMember } = loaderData
  useKeeping(loaderData)
  if (kiosk) return <Kiosk page={loaderData} />
  return (
    <main id="main" className="page narrow price-check">
      <Seo {...seo} />
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <Scan page={loaderData} />
      <Form className="finder" action={pathIn(locale, "/price-check")}>
        <label className="hidden" htmlFor="ean">
          {words.digits}
        </label>
        <input
          id="ean"
          name="ean"
          key={typed}
          defaultValue={typed}
          inputMode="numeric"
          autoComplete="off"
          maxLength={20}
          placeholder={words.digits}
        />
        {shop && <input type="hidden" name="shop" value={shop.code} />}
        <button className="button small">{words.check}</button>
      </Form>
      {result && <Result page={loaderData} result={result} answer={actionData} />}
      <ShopChoice page={loaderData} />
      <p className="row links">
        <To to="/price-check/claims">{words.claims}</To>
        {!knowsMember && <To to="/register">{words.guestEarn}</To>}
      </p>
    </main>
  )
}

/** Keeps on this phone what a price check without a network needs, and tells what was noted while there was none. */
function useKeeping({ shop, result, kiosk }: PricePage): void {
  const { locale } = useRoot()
  const code = shop?.code
  const seen = result?.kind === "known" || result?.kind === "several" ? result.seen : []
  const unknown = result?.kind === "unknown" ? result.code : null
  useEffect(() => {
    if (code === undefined) return
    void carryPrices({ shop: code, locale, from: pathIn(locale, "/price-check/prices") })
      .then(() => navigator.serviceWorker?.ready)
      .then((worker) => worker?.active?.postMessage("keep the scanner"))
      .catch(() => undefined)
  }, [code, locale])
  useEffect(() => {
    void rememberSeen(seen).catch(() => undefined)
  }, [seen.map(({ at, price }) => `${at} ${price[7]}`).join()])
  useEffect(() => {
    const noted =
      unknown === null ? undefined : noteToTell({ codes: [{ code: unknown, shop: code ?? null, seenAt: new Date().toISOString() }] })
    void Promise.resolve(noted)
      .then(() => tellNoted(pathIn(locale, "/price-check/told")))
      .catch(() => undefined)
  }, [unknown, locale, kiosk])
}
