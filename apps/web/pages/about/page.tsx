import { dayIn, dayText, inTransaction, MINSK } from "@mila/kernel"
import { currentTexts } from "@mila/privacy"
import { ConsentText } from "../parts/consent.tsx"
import { useRoot } from "../parts/root-data.ts"
import { Seo } from "../parts/seo.tsx"
import { seoOf } from "../parts/seo.server.ts"
import { REGISTER } from "../register/words.ts"
import { type Loading, visitOf } from "../visit-context.ts"
import { ABOUT } from "./words.ts"

/** The policy in force, as everybody may read it, and every other purpose people are asked about. */
export async function loader(loading: Loading) {
  const visit = visitOf(loading)
  const { db, clock, locale } = visit
  const words = ABOUT[locale]
  const texts = await inTransaction(db, (tx) => currentTexts(tx, locale, clock.now()))
  return {
    words,
    labels: REGISTER[locale].fields,
    texts: [...texts.values()].map((text) => ({
      text,
      since: words.since.replace("{day}", dayText(dayIn(MINSK, text.inForceFrom), locale)),
    })),
    seo: seoOf(visit, { title: words.title, description: words.lead, path: "/about", isOwn: true }),
  }
}

/** Who sells here, how to reach them, and what is done with people's data (Law 99-З, article 17: for everybody to read). */
export default function About({ loaderData: { words, labels, texts, seo } }: { loaderData: Awaited<ReturnType<typeof loader>> }) {
  const { seller } = useRoot()
  const lines = [
    [words.name, seller.name],
    [words.address, seller.address],
    [words.number, seller.number],
    [words.registered, seller.registered],
    [words.register, seller.register],
    [words.hours, seller.hours],
    [words.phone, seller.phone],
    [words.email, seller.email],
    [words.complaints, seller.complaints],
  ] as const
  return (
    <main id="main" className="page narrow-text about">
      <Seo {...seo} />
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <dl className="facts lines">
        {lines.map(
          ([name, says]) =>
            says && (
              <div key={name}>
                <dt>{name}</dt>
                <dd lang="ru">{wholePhones(says)}</dd>
              </div>
            ),
        )}
      </dl>
      <section id="privacy">
        <h2>{words.privacy}</h2>
        <p>{words.privacySays}</p>
        {texts.map(({ text, since }) => (
          <details key={text.purpose} className="panel" open={text.purpose === "policy"}>
            <summary>
              <span>
                {text.title} <small className="soft">{since}</small>
              </span>
            </summary>
            <ConsentText text={text} labels={labels} />
          </details>
        ))}
      </section>
      <section id="cookies">
        <h2>{words.cookies}</h2>
        <p>{words.cookiesSays}</p>
        <dl className="facts lines">
          {Object.entries(words.kept).map(([name, says]) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>{says}</dd>
            </div>
          ))}
        </dl>
      </section>
    </main>
  )
}

/** What is said, with every telephone number in one line. */
const wholePhones = (says: string) =>
  says.split(/(\+375[\d ()-]+\d)/).map((part, place) =>
    place % 2 === 1 ? (
      <span key={place} className="num">
        {part}
      </span>
    ) : (
      part
    ),
  )
