import { Form, Outlet, redirect } from "react-router"
import { pathIn, withoutLocale } from "../parts/address.ts"
import { Icon, type IconName } from "../parts/icon.tsx"
import { NavTo, To } from "../parts/link.tsx"
import { useRoot } from "../parts/root-data.ts"
import { type Loading, visitOf } from "../visit-context.ts"

/** Whoever is not signed in signs in first and comes back; no page of the account runs before that. */
const signedInOnly = async (loading: Loading, next: () => Promise<unknown>) => {
  const { session, isAway, locale } = visitOf(loading)
  if (!session && !isAway) {
    const { pathname, search } = new URL(loading.request.url)
    throw redirect(
      `${pathIn(locale, "/sign-in")}?next=${encodeURIComponent(pathIn(locale, withoutLocale(pathname.replace(/\.data$/, ""))) + search)}`,
    )
  }
  return next()
}

export const middleware = [signedInOnly]

// there has to be a loader: without one a navigation between pages of the account would not pass the middleware
export const loader = () => null

const TABS: readonly { to: string; word: IconName; end?: boolean; show?: "wide-only" | "narrow-only" }[] = [
  { to: "/my", word: "home", end: true },
  { to: "/my/card", word: "card" },
  { to: "/my/bonuses", word: "points" },
  { to: "/my/receipts", word: "receipts" },
  { to: "/my/data", word: "more", show: "narrow-only" },
  { to: "/my/data", word: "data", show: "wide-only" },
  { to: "/my/reviews", word: "reviews", show: "wide-only" },
  { to: "/my/subscriptions", word: "subscriptions", show: "wide-only" },
  { to: "/my/devices", word: "devices", show: "wide-only" },
]

/** What a phone finds behind «Ещё», beside the data itself. */
const BEHIND_MORE = /^\/my\/(?:reviews|subscriptions|devices)\b/

/** The account: its sections under the thumb on a phone, beside the page on a desk. */
export default function Account() {
  const { words, locale, path } = useRoot()
  return (
    <div className="account">
      <nav className="thumb tabs" aria-label={words.account}>
        <ul>
          {TABS.map(({ to, word, end = false, show }) => (
            <li key={word} className={show}>
              {word === "more" && BEHIND_MORE.test(path) ? (
                <To to={to} aria-current="true">
                  <Icon name={word} />
                  {words.more}
                </To>
              ) : (
                <NavTo to={to} end={end} prefetch="intent">
                  <Icon name={word} />
                  {words[word as keyof typeof words]}
                </NavTo>
              )}
            </li>
          ))}
          <li className="wide-only">
            <Form method="post" action={pathIn(locale, "/my/sign-out")} reloadDocument>
              <button>
                <Icon name="signOut" />
                {words.signOut}
              </button>
            </Form>
          </li>
        </ul>
      </nav>
      <Outlet />
    </div>
  )
}
