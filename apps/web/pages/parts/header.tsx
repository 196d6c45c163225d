import { pathIn } from "./address.ts"
import { To } from "./link.tsx"
import { useRoot } from "./root-data.ts"

const NAMES = { ru: "Рус", be: "Бел", en: "Eng" } as const

/** The brand, the languages, and the way in. */
export function Header() {
  const { locale, words, signedIn, path } = useRoot()
  return (
    <header className="top">
      <To className="brand" to={signedIn ? "/my" : "/"}>
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
      {signedIn ? null : (
        <To className="button quiet small" to="/sign-in">
          {words.signIn}
        </To>
      )}
    </header>
  )
}
