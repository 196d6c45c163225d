import { useLocation } from "react-router"
import { pathIn } from "./address.ts"
import { Find } from "./find.tsx"
import { Icon } from "./icon.tsx"
import { NavTo, To } from "./link.tsx"
import { useRoot } from "./root-data.ts"

const NAMES = { ru: "Рус", be: "Бел", en: "Eng" } as const

/** Where one comes in, the language changes and the way does not: where one was going, and as who one registers, stands behind the address. */
const ON_THE_WAY_IN = /^\/(?:sign-in|register|recover)(?:\/|$)/

/** The brand, the search and the ways on; on a phone the most of them lie under the thumb instead (Thumb). */
export function Header() {
  const { locale, words, signedIn, path } = useRoot()
  const { search } = useLocation()
  const here = ON_THE_WAY_IN.test(path) ? `${path}${search}` : path
  return (
    <>
      <div className="over">
        <nav aria-label={words.menu}>
          <To to="/shops">
            <Icon name="place" />
            {words.shops}
          </To>
          <To to="/price-check" className="wide-only">
            <Icon name="scan" />
            {words.priceByCode}
          </To>
        </nav>
        <nav className="languages" aria-label={words.languages}>
          {(["ru", "be", "en"] as const).map((other) => (
            <a key={other} href={pathIn(other, here)} hrefLang={other} lang={other} aria-current={other === locale ? "true" : undefined}>
              {NAMES[other]}
            </a>
          ))}
        </nav>
      </div>
      <header className="masthead">
        <div>
          <To className="brand" to="/">
            {words.brand}
            <i aria-hidden="true">.</i>
          </To>
          <To className="button to-catalog wide-only" to="/catalog">
            <Icon name="sections" />
            {words.catalog}
          </To>
          <Find />
          <nav className="own wide-only" aria-label={words.thumb}>
            <NavTo to="/favorites">
              <Icon name="heart" />
              {words.favourites}
            </NavTo>
            <NavTo to={signedIn ? "/my" : "/sign-in"}>
              <Icon name="data" />
              {signedIn ? words.cabinet : words.signIn}
            </NavTo>
          </nav>
        </div>
      </header>
    </>
  )
}

/** What a thumb reaches on a phone. The account has a bar of its own in its place. */
export function Thumb() {
  const { words, signedIn } = useRoot()
  return (
    <nav className="thumb" aria-label={words.thumb}>
      <ul>
        {(
          [
            ["/", "home", words.home],
            ["/catalog", "sections", words.catalog],
            ["/price-check", "scan", words.priceCheck],
            ["/favorites", "heart", words.favourites],
            [signedIn ? "/my" : "/sign-in", "data", signedIn ? words.cabinet : words.signIn],
          ] as const
        ).map(([to, icon, says]) => (
          <li key={to}>
            <NavTo to={to} end={to === "/"}>
              <Icon name={icon} />
              {says}
            </NavTo>
          </li>
        ))}
      </ul>
    </nav>
  )
}
