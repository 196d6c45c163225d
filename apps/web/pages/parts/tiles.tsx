import { TileHeart } from "../favourites/heart.tsx"
import { To } from "./link.tsx"
import { Off } from "./off.tsx"
import { useRoot } from "./root-data.ts"
import { Picture } from "./shot.tsx"
import type { TileView } from "./tile.server.ts"

/** Things in a grid. The first row's pictures are fetched at once, the very first before anything else, the others when they are near. */
export function Tiles({ tiles, eager = 4 }: { tiles: readonly TileView[]; eager?: number }) {
  return (
    <ul className="tiles">
      {tiles.map((tile, place) => (
        <li key={tile.no}>
          <OneTile tile={tile} eager={place < eager} first={eager > 0 && place === 0} />
          <TileHeart no={tile.no} name={tile.name} />
        </li>
      ))}
    </ul>
  )
}

function OneTile({ tile, eager, first }: { tile: TileView; eager: boolean; first: boolean }) {
  const { words } = useRoot()
  const { to, name, brand, picture, card, regular, before, from, off, isNew, stars, votes, earns, inMyShop } = tile
  return (
    <To to={to} className="tile">
      <span className="shot">
        {picture && <Picture shot={picture} sizes="(min-width: 30rem) 13rem, 44vw" alt="" first={first} eager={eager} />}
        <Off percent={off} otherwise={isNew && <b className="flag">{words.isNew}</b>} />
      </span>
      {brand && <span className="maker">{brand}</span>}
      <span className="what">{name}</span>
      {stars && (
        <span className="stars">
          <span aria-hidden="true">
            <i>★</i> {stars} <span className="soft">({votes})</span>
          </span>
          <span className="hidden">{words.rated.replace("{stars}", stars).replace("{votes}", String(votes))}</span>
        </span>
      )}
      <span className="price">
        <b className="num">
          {from && <small>{words.from} </small>}
          {card}
        </b>
        {regular && <small className="soft">{words.withCard}</small>}
        {(before ?? regular) && <s className="num soft">{before ?? regular}</s>}
      </span>
      {earns && <small className="plus">{earns}</small>}
      {inMyShop !== null && <small className={inMyShop ? "here" : "soft"}>{inMyShop ? words.inMyShop : words.notInMyShop}</small>}
    </To>
  )
}
