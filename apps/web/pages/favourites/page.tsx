import { Form } from "react-router"
import { Field, Wrong } from "../parts/field.tsx"
import { Icon } from "../parts/icon.tsx"
import { To } from "../parts/link.tsx"
import { Tiles } from "../parts/tiles.tsx"
import { told } from "../words/refused.server.ts"
import { type Loading, visitOf } from "../visit-context.ts"
import { GivenLink } from "./given-link.tsx"
import { actOnFavourites, type Answer, myFavourites } from "./page.server.ts"
import { Wishes } from "./wishes.tsx"

export const loader = (loading: Loading) => myFavourites(visitOf(loading))

export async function action(loading: Loading) {
  const answer = await actOnFavourites(visitOf(loading), await loading.request.formData())
  return "done" in answer ? null : told(answer)
}

type Shown = Awaited<ReturnType<typeof myFavourites>>
type Props = { loaderData: Shown; actionData?: Exclude<Answer, { done: true }> | undefined }

export default function Favourites({ loaderData, actionData }: Props) {
  const { words, signedIn, lists } = loaderData
  return (
    <main id="main" className="page shelf">
      <title>{words.title}</title>
      <meta name="robots" content="noindex" />
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <Wrong refused={actionData?.refused} />
      {!signedIn && (
        <p className="panel">
          {words.guest} <To to="/sign-in?next=/favorites">{words.signIn}</To>
        </p>
      )}
      {lists.every(({ things }) => things.length === 0) && (
        <div className="nothing">
          <Icon name="heart" />
          <p>{words.none}</p>
          <To className="button quiet small" to="/catalog">
            {words.toCatalog}
          </To>
        </div>
      )}
      {lists.map((list) => (
        <OneList key={list.listId} list={list} loaderData={loaderData} />
      ))}
      <Form method="post" className="panel named" key={lists.length}>
        <Field {...{ name: "name", label: words.newList, maxLength: 60, required: true }} id="new-list" autoComplete="off" />
        <button className="button small" name="act" value="make">
          {words.make}
        </button>
      </Form>
    </main>
  )
}

type ListView = Shown["lists"][number]

function OneList({ list, loaderData }: { list: ListView; loaderData: Shown }) {
  const { listId, name, link, things } = list
  const { words } = loaderData
  return (
    <section className="liked">
      <header>
        <h2>{name}</h2>
        <Form method="post" className="inline">
          <input type="hidden" name="list" value={listId} />
          <button className="button quiet small" name="act" value={link ? "unshare" : "share"}>
            {link ? words.unshare : words.share}
          </button>
        </Form>
      </header>
      {link && <GivenLink {...{ link, words }} title={words.sharedTitle.replace("{name}", name)} />}
      {things.length === 0 && <p className="soft">{words.emptyList}</p>}
      <div className="liked-things">
        {things.map((thing) => (
          <OneThing key={thing.tile.no} thing={thing} listId={listId} loaderData={loaderData} />
        ))}
      </div>
      <details>
        <summary>{words.change}</summary>
        <Form method="post" className="row named">
          <input type="hidden" name="list" value={listId} />
          <Field {...{ name: "name", label: words.name, maxLength: 60, defaultValue: name }} id={`name-${listId}`} autoComplete="off" />
          <button className="button quiet small" name="act" value="rename">
            {words.rename}
          </button>
          <button className="button danger small" name="act" value="drop">
            {words.drop}
          </button>
        </Form>
      </details>
    </section>
  )
}

/** A thing of a list: to be told of, moved to another list, taken off. */
function OneThing({
  thing: { tile, watchPrice, watchShop },
  listId,
  loaderData: { words, signedIn, hasShop, lists },
}: {
  thing: ListView["things"][number]
  listId: number
  loaderData: Shown
}) {
  const others = lists.filter((list) => list.listId !== listId)
  return (
    <div className="liked-thing">
      <Tiles tiles={[tile]} eager={0} />
      {signedIn && <Wishes {...{ listId, watchPrice, watchShop, hasShop, words }} no={tile.no} />}
      <Form method="post" preventScrollReset>
        <input type="hidden" name="list" value={listId} />
        <input type="hidden" name="thing" value={tile.no} />
        <p className="row">
          <button className="button quiet small" name="act" value="remove">
            {words.take}
          </button>
        </p>
        {others.length > 0 && (
          <p className="row to-list">
            <select name="to" aria-label={`${words.move}: ${tile.name}`}>
              {others.map((other) => (
                <option key={other.listId} value={other.listId}>
                  {other.name}
                </option>
              ))}
            </select>
            <button className="button quiet small" name="act" value="move">
              {words.moveDo}
            </button>
          </p>
        )}
      </Form>
    </div>
  )
}
