import {
  data,
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  ScrollRestoration,
  useLocation,
  useRouteLoaderData,
  useRouteError,
} from "react-router"
import { favouriteNumbers } from "@mila/favourites"
import { isDatabaseAway, reading } from "@mila/kernel"
import type { Visit } from "../visit.ts"
import { ownerOf } from "./favourites/page.server.ts"
import { BankCardGuard } from "./parts/bank-card-guard.tsx"
import { Enhance } from "./parts/enhance.tsx"
import { FRAME } from "./words/frame.ts"
import { saidOf } from "@mila/sayings"
import { pathIn, withoutLocale } from "./parts/address.ts"
import { useOpenAnew } from "./parts/lead-on.ts"
import { OfZone } from "./parts/of-zone.tsx"
import { Footer } from "./parts/footer.tsx"
import { Header, Thumb } from "./parts/header.tsx"
import { RootContext } from "./parts/root-data.ts"
import { Start } from "./parts/start.tsx"
import { type Loading, visitOf } from "./visit-context.ts"
import styles from "../design/style.css?url"
import heading from "@fontsource/yeseva-one/files/yeseva-one-cyrillic-400-normal.woff2?url"

export async function loader(loading: Loading) {
  const visit = visitOf(loading)
  const { locale, site, session, isAway, cookies, large, requestId, nonce, bankCard, zone } = visit
  const { lang } = loading.params
  const path = withoutLocale(new URL(loading.request.url).pathname.replace(/\.data$/, ""))
  const root = {
    locale,
    words: FRAME[locale],
    demo: site.demo,
    seller: site.seller,
    /** a screen in a shop: one page, and no way out of it */
    kiosk: path === "/price-check" && new URL(loading.request.url).searchParams.has("kiosk"),
    likes: await likesOf(visit, path),
    signedIn: session !== undefined || (isAway && cookies.get("session") !== undefined),
    large,
    path,
    /** a region's feed led here, and the page shows goods at its prices; the page of a thing says so itself */
    ofZone: zone !== undefined && /^\/(?:catalog|search|brands|promo|favorites|$)/.test(path),
    publicUrl: site.publicUrl,
    requestId,
    nonce,
    bankCard,
    bankCardSays: saidOf("bank_card_number", locale) ?? "",
  }
  if (lang !== undefined && lang !== "be" && lang !== "en") throw data(root, 404)
  return root
}

export type RootData = Awaited<ReturnType<typeof loader>>

/** Numbers of what the visitor likes: hearts on tiles are full by them. The account's own pages show none, and where the database is away the frame stands without. */
async function likesOf(visit: Visit, path: string): Promise<number[]> {
  if ((!visit.session && visit.cookies.get("liked") === undefined) || /^\/(?:my|register|sign-in|recover)(?:\/|$)/.test(path)) return []
  return reading(visit.db, (tx) => favouriteNumbers(tx, ownerOf(visit))).catch((error: unknown) => {
    if (isDatabaseAway(error)) return []
    throw error
  })
}

export function Layout({ children }: { children: React.ReactNode }) {
  const root = useRouteLoaderData<typeof loader>("root")
  const locale = root?.locale ?? "ru"
  return (
    <html lang={locale} className={root?.large ? "large" : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content="#8c1f45" />
        <meta name="color-scheme" content="light dark" />
        <link rel="preload" href={heading} as="font" type="font/woff2" crossOrigin="anonymous" />
        <link rel="stylesheet" href={styles} />
        <link rel="manifest" href="/manifest.webmanifest" />
        <link rel="icon" href="/icons/icon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/icons/icon-192.png" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={root?.nonce} />
        <Start nonce={root?.nonce} />
      </body>
    </html>
  )
}

export default function Root({ loaderData }: { loaderData: RootData }) {
  return (
    <Framed root={loaderData}>
      <Outlet />
      <Enhance />
    </Framed>
  )
}

/** A page between the header and the footer; a screen in a shop has neither. */
function Framed({ root, children }: { root: RootData; children: React.ReactNode }) {
  if (root.kiosk)
    return (
      <RootContext.Provider value={root}>
        <BankCardGuard />
        {children}
      </RootContext.Provider>
    )
  return (
    <RootContext.Provider value={root}>
      <BankCardGuard />
      <a className="skip" href="#main">
        {root.words.skip}
      </a>
      <Header />
      {root.ofZone && <OfZone />}
      {children}
      <Footer />
      <Thumb />
    </RootContext.Provider>
  )
}

/** The root itself refuses what is no language, and says with it what its page needs. */
const isRoot = (thrown: unknown): thrown is RootData => typeof thrown === "object" && thrown !== null && "words" in thrown

/** What a person sees when there is no such page, or when we broke: a sentence and a way on; never a stack. */
export function ErrorBoundary() {
  const error = useRouteError()
  const { pathname, search } = useLocation()
  const opensAnew = useOpenAnew(error)
  const thrown: unknown = isRouteErrorResponse(error) ? error.data : undefined
  const root = useRouteLoaderData<typeof loader>("root") ?? (isRoot(thrown) ? thrown : undefined)
  const locale = root?.locale ?? "ru"
  const words = root?.words ?? FRAME.ru
  const status = isRouteErrorResponse(error) ? error.status : 500
  const [title, says] =
    status === 404 ? [words.notFound, words.notFoundSays] : status === 503 ? [words.away, words.awaySays] : [words.broken, words.brokenSays]
  const page = opensAnew ? (
    <main id="main" className="page lost" aria-busy="true" />
  ) : (
    <main id="main" className="page lost">
      <title>{title}</title>
      <svg className="lost-number" viewBox="0 0 300 110" aria-hidden="true">
        <text x="150" y="100" textAnchor="middle">
          {status}
        </text>
      </svg>
      <h1>{title}</h1>
      <p className="lead">{says}</p>
      {status !== 404 && status !== 503 && root && (
        <p className="soft">
          {words.request}: <code>{root.requestId}</code>
        </p>
      )}
      <p className="row">
        {status !== 404 && (
          <a className="button" href={pathname + search}>
            {words.again}
          </a>
        )}
        <a className={status === 404 ? "button" : "button quiet"} href={pathIn(locale, "/")}>
          {words.toHome}
        </a>
        {status === 404 && (
          <a className="button quiet" href={pathIn(locale, "/catalog")}>
            {words.toCatalog}
          </a>
        )}
      </p>
    </main>
  )
  return root ? <Framed root={root}>{page}</Framed> : page
}
