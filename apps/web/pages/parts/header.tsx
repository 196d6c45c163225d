import { Form } from "react-router"
import { pathIn } from "./address.ts"
import { Icon } from "./icon.tsx"
import { To } from "./link.tsx"
import { useRoot } from "./root-data.ts"

const NAMES = { ru: "Рус", be: "Бел", en: "Eng" } as const

/** The brand, the languages, and the way in. */
export function Header() {
  const { locale, words, signedIn, path } = useRoot()
  return (
    <>
      <header className="top">
        <To className="brand" to="/">
          {words.brand}
          <i aria-hidden="true">.</i>
        </To>
        <nav className="languages" aria-label={words.languages}>
          {(["ru", "be", "en"] as const).map((other) => (
            <a key={other} href={pathIn(other, path)} hrefLang={other} lang={other} aria-current={other === locale ? "true" : undefined}>
              {NAMES[other]}
            </a>
          ))}
        </nav>
        {signedIn ? (
          <To className="button quiet small" to="/my">
            {words.account}
          </To>
        ) : (
          <To className="button quiet small" to="/sign-in">
            {words.signIn}
          </To>
        )}
      </header>
      <div className="find">
        <Form role="search" action={pathIn(locale, "/search")} className="finder">
          <label className="hidden" htmlFor="find">
            {words.search}
          </label>
          <input id="find" name="q" type="search" placeholder={words.searchHint} maxLength={300} autoComplete="off" />
          <button className="button small" aria-label={words.search}>
            <Icon name="search" />
          </button>
        </Form>
        <nav className="places" aria-label={words.menu}>
          <To to="/catalog">{words.catalog}</To>
          <To to="/shops">{words.shops}</To>
        </nav>
      </div>
    </>
  )
}
