import { Form } from "react-router"
import { Field, Wrong } from "../parts/field.tsx"
import { Off } from "../parts/off.tsx"
import { To } from "../parts/link.tsx"
import type { PriceAnswer } from "./acts.server.ts"
import type { PricePage } from "./page.server.ts"

export type PriceResult = NonNullable<PricePage["result"]>
type Known = Extract<PriceResult, { kind: "known" }>
type Props = { page: PricePage; answer?: PriceAnswer | undefined }

/** What was found for a code: announced at once, for whoever listens. */
export function Result({ page, result, answer }: Props & { result: PriceResult }) {
  const { words, shop } = page
  if (result.kind === "known") return <KnownPrice page={page} known={result} answer={answer} />
  if (result.kind === "several")
    return (
      <section className="panel priced" role="status">
        <Which words={words} things={result.things} />
      </section>
    )
  if (result.kind !== "unknown") {
    const isWrong = result.kind === "wrong"
    return (
      <section className="panel priced" role="status">
        <h2>{isWrong ? words.wrong : words.internal}</h2>
        <p>{isWrong ? words.wrongSays : words.internalSays}</p>
      </section>
    )
  }
  return (
    <section className="panel priced" role="status">
      <h2>{words.unknown}</h2>
      <p>{answer?.told ? words.toldSays : words.unknownSays}</p>
      <p className="soft num">{result.code}</p>
      <Wrong refused={answer?.refused} />
      {!answer?.told && (
        <Form method="post" className="without-script">
          <input type="hidden" name="ean" value={result.code} />
          <input type="hidden" name="shop" value={shop?.code ?? ""} />
          <button className="button quiet" name="act" value="unknown">
            {words.tell}
          </button>
        </Form>
      )}
    </section>
  )
}

/** «Какой из них?»: things with one barcode, each with its price, to choose the one that is meant. */
export function Which({ words, things }: { words: PricePage["words"]; things: Extract<PriceResult, { kind: "several" }>["things"] }) {
  return (
    <>
      <h2>{words.which}</h2>
      <p>{words.whichSays}</p>
      <ul className="which">
        {things.map(({ sku, name, brand, picture, card, regular, to }) => (
          <li key={sku}>
            <To to={to} preventScrollReset>
              {picture && <img src={picture} alt="" width="64" height="64" />}
              <span>
                {brand && <small className="soft">{brand} </small>}
                {name}
              </span>
              <span className="which-price">
                <b className="num">{card}</b>
                {regular && <small className="soft num">{words.withoutCardAt.replace("{price}", regular)}</small>}
              </span>
            </To>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The price itself: large, the card's first. */
export function Amounts({ known, words }: { known: Known; words: PricePage["words"] }) {
  const { name, brand, picture, card, regular, before, off, until, earned, stock, counted } = known
  return (
    <>
      <div className="priced-what">
        {picture && <img src={picture} alt="" width="112" height="112" />}
        <div>
          {brand && <p className="maker">{brand}</p>}
          <h2>{name}</h2>
        </div>
      </div>
      <p className="asked">
        <b className="num">{card}</b> {regular && <span>{words.withCard}</span>} <Off percent={off} />
      </p>
      {regular && (
        <p>
          <span className="num">{regular}</span> <span className="soft">{words.withoutCard}</span>
        </p>
      )}
      {before && (
        <p className="soft">
          <s className="num">{before}</s> {words.before}
        </p>
      )}
      {until && <p>{until}</p>}
      {earned && <p className="plus">{earned}</p>}
      {stock && (
        <p>
          {stock}
          {counted && <small className="soft"> · {counted}</small>}
        </p>
      )}
    </>
  )
}

function KnownPrice({ page, known, answer }: Props & { known: Known }) {
  const { words } = page
  return (
    <section className="panel priced">
      <div role="status">
        <Amounts known={known} words={words} />
      </div>
      <p className="row links">
        {known.to && <To to={known.to}>{words.open}</To>}
        <To to={known.elsewhere}>{words.elsewhere}</To>
        {page.others && <To to={page.others}>{words.another}</To>}
      </p>
      {known.sealed && <Claim page={page} sealed={known.sealed} answer={answer} />}
    </section>
  )
}

/** «На кассе другая цена»: what was shown goes with it, under our seal. */
function Claim({ page: { words, knowsMember }, sealed, answer }: Props & { sealed: string }) {
  const refused = answer?.refused
  return (
    <details open={refused !== undefined}>
      <summary>{words.differs}</summary>
      <p className="soft">{words.differsSays}</p>
      <Form method="post" className="claim">
        <input type="hidden" name="sealed" value={sealed} />
        <Wrong refused={refused} fields={["till_price", "contact"]} />
        <Field
          name="till_price"
          label={words.tillPrice}
          hint={words.tillPriceHint}
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          required
          refused={refused}
        />
        {!knowsMember && (
          <Field
            name="contact"
            label={words.contact}
            note={words.optional}
            hint={words.contactHint}
            maxLength={100}
            autoComplete="tel"
            refused={refused}
          />
        )}
        <Field name="words" label={words.words} note={words.optional} maxLength={500} autoComplete="off" refused={refused} />
        <button className="button wide" name="act" value="claim">
          {words.send}
        </button>
      </Form>
    </details>
  )
}
