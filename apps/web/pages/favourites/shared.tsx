import { Icon } from "../parts/icon.tsx"
import { To } from "../parts/link.tsx"
import { Tiles } from "../parts/tiles.tsx"
import { type Loading, visitOf } from "../visit-context.ts"
import { sharedFavourites } from "./page.server.ts"

export const loader = (loading: Loading) => sharedFavourites(visitOf(loading), loading.params["token"] ?? "")

export default function Shared({
  loaderData: { words, title, tiles, there },
}: {
  loaderData: Awaited<ReturnType<typeof sharedFavourites>>
}) {
  return (
    <main id="main" className="page shelf">
      <title>{title}</title>
      <meta name="robots" content="noindex" />
      {there ? (
        <>
          <h1>{title}</h1>
          <p className="lead">{words.sharedLead}</p>
          <Tiles tiles={tiles} />
        </>
      ) : (
        <div className="nothing">
          <Icon name="heart" />
          <h1>{title}</h1>
          <p>{words.sharedGoneSays}</p>
          <To className="button quiet small" to="/catalog">
            {words.toCatalog}
          </To>
        </div>
      )}
    </main>
  )
}
