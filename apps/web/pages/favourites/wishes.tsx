import { type ChangeEvent, type SubmitEvent, useEffect, useRef } from "react"
import { useFetcher } from "react-router"
import { pathIn } from "../parts/address.ts"
import { Wrong } from "../parts/field.tsx"
import { useRoot } from "../parts/root-data.ts"
import type { Refused } from "../words/refused.server.ts"
import type { FavouriteWords } from "./words.ts"

type Wish = { listId: number; no: number; watchPrice: boolean; watchShop: boolean; hasShop: boolean; words: FavouriteWords }

/** What somebody wants to be told of a thing: with a script a tick is kept as it is made, and says so; without one there is a button. */
export function Wishes({ listId, no, watchPrice, watchShop, hasShop, words }: Wish) {
  const { locale } = useRoot()
  const form = useRef<HTMLFormElement>(null)
  const fetcher = useFetcher<{ refused: Refused } | null>()
  const isKept = fetcher.state === "idle" && fetcher.data === null
  useEffect(() => {
    const ticks = form.current!.querySelectorAll<HTMLInputElement>("input[type=checkbox]")
    if ([...ticks].some((tick) => tick.checked !== tick.defaultChecked)) form.current!.requestSubmit() // made before anybody could hear it
  }, [])
  const keep = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const wish = new FormData(event.currentTarget)
    wish.set("act", "watch")
    wish.set("stay", "1")
    void fetcher.submit(wish, { method: "post", action: pathIn(locale, "/favorites") })
  }
  const tick = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => currentTarget.form?.requestSubmit()
  return (
    <form ref={form} method="post" action={pathIn(locale, "/favorites")} onSubmit={keep}>
      <input type="hidden" name="list" value={listId} />
      <input type="hidden" name="thing" value={no} />
      <fieldset className="field">
        <legend>{words.watch}</legend>
        <label className="tick">
          <input type="checkbox" name="price" defaultChecked={watchPrice} onChange={tick} />
          <span>{words.watchPrice}</span>
        </label>
        {hasShop && (
          <label className="tick">
            <input type="checkbox" name="shop" defaultChecked={watchShop} onChange={tick} />
            <span>{words.watchShop}</span>
          </label>
        )}
      </fieldset>
      <Wrong refused={fetcher.data?.refused} />
      <p className="row">
        <button className="button quiet small until-alive" name="act" value="watch">
          {words.save}
        </button>
        <span className="soft" role="status">
          {isKept ? words.saved : ""}
        </span>
      </p>
    </form>
  )
}
