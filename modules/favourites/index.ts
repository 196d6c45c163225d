// The public face of favourites: what people want to find again, and what they asked to be told of.
export { addFavourite, bringAlong, favouriteNumbers, favouritesAmong, moveFavourite, removeFavourite } from "./items.ts"
export { forgetFavouritesOf, joinFavourites, type JoinedLists, partFavourites } from "./join.ts"
export {
  dropList,
  FAVOURITE_RULES,
  favouritesOf,
  forgetGuests,
  type Item,
  type List,
  makeList,
  type Owner,
  renameList,
  seeGuest,
  sharedList,
  shareList,
} from "./lists.ts"
export { type Notice, noticesDue } from "./notices.ts"
export { stopWatching, watchFavourite } from "./watching.ts"
export type { FavouriteRefusal } from "./refusals.ts"
