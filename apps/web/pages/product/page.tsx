import { Link } from "react-router"
import { Swatch } from "../catalog/filters.tsx"
import { pathIn } from "../parts/address.ts"
import { Crumbs } from "../parts/crumbs.tsx"
import { Off } from "../parts/off.tsx"
import { History } from "./history.tsx"
import { To } from "../parts/link.tsx"
import { useRoot } from "../parts/root-data.ts"
import { Seo } from "../parts/seo.tsx"
import { Picture } from "../parts/shot.tsx"
import { Heart } from "../favourites/heart.tsx"
import { OneReview } from "../reviews/review.tsx"
import { Summary } from "../reviews/summary.tsx"
import { Tiles } from "../parts/tiles.tsx"
import { type Loading, visitOf } from "../visit-context.ts"
import { Alarm, Allergens, useAllergens } from "./allergens.tsx"
import { productPage } from "./page.server.ts"

export function loader(loading: Loading) {
  const asked = new URL(loading.request.url).searchParams
  return productPage(visitOf(loading), { slug: loading.params["slug"] ?? "", sku: asked.get("sku"), zone: asked.get("zone") })
}

const SHOPS_AT_ONCE = 5

type Shown = Awaited<ReturnType<typeof productPage>>

export default function Product({ loaderData }: { loaderData: Shown }) {
  const { words, name, brand, crumbs, rating, pictures, seo, texts, composition, history, isSold, sku, ean, parts } = loaderData
  const allergens = useAllergens(composition)
  return (
    <main id="main" className="page thing">
      <Seo {...seo} />
      <Crumbs crumbs={crumbs} />
      <div className="thing-top">
        <Gallery pictures={pictures} alt={words.picture} />
        <div>
          {brand && (
            <p className="maker">
              <To to={brand.to}>{brand.name}</To>
            </p>
          )}
          <h1>{name}</h1>
          {rating.stars && (
            <p className="stars">
              <i aria-hidden="true">★</i> {rating.stars}{" "}
              <span className="soft">{words.votes.replace("{votes}", String(rating.votes))}</span>
            </p>
          )}
          <Alarm found={allergens.found} words={words} />
          {!isSold && (
            <p className="alert" role="status">
              <b>{words.gone}.</b> {words.goneSays}
            </p>
          )}
          <Variants loaderData={loaderData} />
          {isSold && <Price loaderData={loaderData} />}
          <Heart no={loaderData.no} liked={loaderData.liked} back={`/p/${loaderData.slug}`} {...loaderData.likes} />
          <Allergens {...allergens} words={words} />
          <p className="soft codes">
            {sku && (
              <>
                {words.article} <span className="num">{sku}</span>
              </>
            )}
            {ean && (
              <>
                {" · "}
                {words.barcode} <span className="num">{ean}</span>
              </>
            )}
          </p>
        </div>
      </div>
      {isSold && <Stock loaderData={loaderData} />}
      <div className="thing-texts">
        {texts.description && (
          <section>
            <h2>{words.about}</h2>
            <p>{texts.description}</p>
            {texts.application && (
              <>
                <h3>{words.use}</h3>
                <p>{texts.application}</p>
              </>
            )}
          </section>
        )}
        {parts.length > 0 && (
          <section>
            <h2>{words.parts}</h2>
            <ul className="made-of">
              {parts.map(({ name: part, to, pieces }) => (
                <li key={part}>
                  {to ? <To to={to}>{part}</To> : part}
                  {pieces > 1 && <span className="num">{` × ${pieces}`}</span>}
                </li>
              ))}
            </ul>
          </section>
        )}
        <section>
          <h2>{words.facts}</h2>
          <dl className="facts">
            {texts.facts.map((fact) => (
              <div key={fact.name}>
                <dt>{fact.name}</dt>
                <dd>{fact.value}</dd>
              </div>
            ))}
          </dl>
        </section>
        {composition.length > 0 && (
          <section>
            <h2>{words.composition}</h2>
            <p className="soft">{words.compositionSays}</p>
            <ul className="inci">
              {composition.map(({ name: inci, does, allergen }, place) => (
                <li key={place} className={allergens.found.includes(inci) ? "mine" : undefined}>
                  <b lang="en">{inci}</b>
                  {does && <span className="soft"> — {does}</span>}
                  {allergen && <small className="mark">{words.allergen}</small>}
                </li>
              ))}
            </ul>
          </section>
        )}
        {history && <History history={history} words={words} />}
      </div>
      <Said loaderData={loaderData} />
      {(["inSets", "similar", "cheaper", "viewed"] as const).map(
        (shelf) =>
          loaderData[shelf].length > 0 && (
            <section key={shelf} className="similar">
              <h2>{words[shelf]}</h2>
              <Tiles tiles={loaderData[shelf]} eager={0} />
            </section>
          ),
      )}
    </main>
  )
}

/** One picture, or all of them in a row that is drawn aside by finger, wheel or arrow keys; each is there without script. */
function Gallery({ pictures, alt }: { pictures: Shown["pictures"]; alt: string }) {
  const sizes = "(min-width: 60rem) 34rem, 92vw"
  const [only, ...more] = pictures
  if (more.length === 0) return <figure className="thing-shot">{only && <Picture shot={only} sizes={sizes} alt={alt} first />}</figure>
  return (
    <ul className="gallery" tabIndex={0} aria-label={alt}>
      {pictures.map((shot, place) => (
        <li key={shot.src} className="thing-shot">
          <Picture shot={shot} sizes={sizes} alt={`${alt}, ${place + 1} / ${pictures.length}`} first={place === 0} />
        </li>
      ))}
    </ul>
  )
}

/** What buyers say: the sum of it, the most helpful three, and the way to all of it. */
function Said({ loaderData: { slug, said } }: { loaderData: Shown }) {
  const { summary, reviews, words } = said
  return (
    <section className="reviews" id="reviews">
      <h2>{words.title}</h2>
      {summary.count === 0 ? <p className="soft">{words.none}</p> : <Summary summary={summary} slug={slug} />}
      {reviews.map((review) => (
        <OneReview key={review.reviewId} review={review} words={words} />
      ))}
      <p className="row after">
        <To className="button quiet small" to={`/p/${slug}/reviews`}>
          {summary.count > 0 ? words.all : words.write}
        </To>
      </p>
    </section>
  )
}

function Variants({ loaderData: { variants, words } }: { loaderData: Shown }) {
  const { locale } = useRoot()
  if (variants.length < 2) return null
  return (
    <ul className="variants" aria-label={words.variants}>
      {variants.map(({ sku, to, label, swatch, isChosen }) => (
        <li key={sku}>
          <Link to={pathIn(locale, to)} aria-current={isChosen ? "true" : undefined} preventScrollReset replace>
            {swatch && <Swatch colour={swatch} />}
            {label}
          </Link>
        </li>
      ))}
    </ul>
  )
}

function Price({ loaderData: { price, honesty, earned, earns, ofZone, words } }: { loaderData: Shown }) {
  const { signedIn } = useRoot()
  if (!price) return null
  const { card, regular, before, off, unit, until, promotion } = price
  return (
    <div className="buy">
      <p className="asked">
        <b className="num">{card}</b> {regular && <span>{words.withCard}</span>} <Off percent={off} />
      </p>
      {(regular ?? before) && (
        <p className="soft">
          {regular && (
            <>
              <span className="num">{regular}</span> {words.withoutCard}
            </>
          )}{" "}
          {before && <s className="num">{before}</s>}
        </p>
      )}
      {honesty && <p className={honesty.isLower ? "plus" : "soft"}>{honesty.says}</p>}
      {unit && <p className="soft num">{unit}</p>}
      {ofZone && <p>{words.ofZone}</p>}
      {until && (
        <p>
          {until}
          {promotion && (
            <>
              {" · "}
              <To to={`/promo/${promotion}`}>{words.toPromotion}</To>
            </>
          )}
        </p>
      )}
      {earned ? (
        <p className="plus">{earned}</p>
      ) : (
        !signedIn &&
        earns && (
          <p>
            {regular ? words.guestEarn : words.guestPoints}. <To to="/register">{words.getCard}</To>
          </p>
        )
      )}
    </div>
  )
}

function Stock({ loaderData: { stock, words } }: { loaderData: Shown }) {
  const more = stock.shops.length - SHOPS_AT_ONCE
  if (!stock.isCounted)
    return (
      <section className="panel stock">
        <h2>{words.uncounted}</h2>
        <p>{words.uncountedSays}</p>
        <p className="after">
          <To to="/shops">{words.allOurShops}</To>
        </p>
      </section>
    )
  return (
    <section className="panel stock">
      <h2>{words.stock}</h2>
      {stock.count === 0 ? (
        <p>
          <b>{words.nowhere}.</b> {words.nowhereSays}
        </p>
      ) : (
        <>
          <p>{words.inShops.replace("{shops}", stock.text)}</p>
          <ul className="rows">
            {stock.shops.slice(0, SHOPS_AT_ONCE).map((shop) => (
              <ShopRow key={shop.code} shop={shop} words={words} />
            ))}
          </ul>
          {more > 0 && (
            <details>
              <summary>{words.more.replace("{count}", String(more))}</summary>
              <ul className="rows">
                {stock.shops.slice(SHOPS_AT_ONCE).map((shop) => (
                  <ShopRow key={shop.code} shop={shop} words={words} />
                ))}
              </ul>
              {stock.count > stock.shops.length && <p className="soft">{words.allShops}</p>}
            </details>
          )}
        </>
      )}
      {!stock.hasMine && (
        <p className="after">
          <To to="/shops">{words.chooseShop}</To>
        </p>
      )}
    </section>
  )
}

function ShopRow({
  shop: { code, name, amount, counted, isMine },
  words,
}: {
  shop: Shown["stock"]["shops"][number]
  words: Shown["words"]
}) {
  return (
    <li>
      <span>
        <To to={`/shops/${code}`}>{name}</To> {isMine && <small className="mark">{words.myShop}</small>}
      </span>
      <small className="soft">
        {amount}, {counted}
      </small>
    </li>
  )
}
