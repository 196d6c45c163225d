import { pathIn } from "./address.ts"
import { To } from "./link.tsx"
import { useRoot } from "./root-data.ts"

/** The ways on, and who sells here: what the law wants on every page of an internet shop. The seller's lines stand as they are registered, in Russian. */
export function Footer() {
  const { words, seller, demo, locale } = useRoot()
  return (
    <footer className="foot">
      <div>
        <section>
          <p className="brand">
            {words.brand}
            <i aria-hidden="true">.</i>
          </p>
          <p className="soft">{words.tagline}</p>
        </section>
        <nav aria-label={words.buyers}>
          <h2>{words.buyers}</h2>
          <ul>
            <li>
              <To to="/catalog">{words.catalog}</To>
            </li>
            <li>
              <To to="/brands">{words.brands}</To>
            </li>
            <li>
              <To to="/shops">{words.shops}</To>
            </li>
            <li>
              <To to="/price-check">{words.priceByCode}</To>
            </li>
            <li>
              <To to="/register">{words.register}</To>
            </li>
            <li>
              <To to="/representative">{words.representative}</To>
            </li>
          </ul>
        </nav>
        <nav aria-label={words.chain}>
          <h2>{words.chain}</h2>
          <ul>
            <li>
              <To to="/about">{words.about}</To>
            </li>
            <li>
              <To to="/about#privacy">{words.privacy}</To>
            </li>
            <li>
              <a href="/docs">{words.builders}</a>
            </li>
          </ul>
        </nav>
        {(seller.phone ?? seller.email ?? seller.hours) && (
          <section>
            <h2>{words.contacts}</h2>
            <ul>
              {seller.phone && (
                <li>
                  <a className="num" href={`tel:${seller.phone.replace(/[^\d+]/g, "")}`}>
                    {seller.phone}
                  </a>
                </li>
              )}
              {seller.email && (
                <li>
                  <a href={`mailto:${seller.email}`}>{seller.email}</a>
                </li>
              )}
              {seller.hours && <li lang="ru">{seller.hours}</li>}
            </ul>
          </section>
        )}
      </div>
      <p className="imprint" lang="ru">
        {[
          `${seller.name}, ${seller.address}`,
          seller.number && `УНП ${seller.number}`,
          seller.registered,
          seller.register && `Торговый реестр Республики Беларусь: ${seller.register}`,
        ]
          .filter(Boolean)
          .join(". ")}
        .
      </p>
      {demo && (
        <p className="demo">
          {words.demo} <a href={pathIn(locale, "/demo/outbox")}>{words.demoOutbox}</a>
        </p>
      )}
    </footer>
  )
}
