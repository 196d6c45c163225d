import type { FormEvent } from "react"
import { Form, useFetcher, useLocation, useNavigation } from "react-router"
import { pathIn } from "../parts/address.ts"
import { useRoot } from "../parts/root-data.ts"

/** A heart that works without script: pressed, the page comes back with it full or empty. */
export function Heart({ no, liked, back, add, remove }: { no: number; liked: boolean; back: string; add: string; remove: string }) {
  const { locale } = useRoot()
  const { formData, state } = useNavigation()
  const pressed = state !== "idle" && formData?.get("thing") === String(no) ? formData.get("act") === "add" : liked
  return (
    <Form method="post" action={pathIn(locale, "/favorites")} preventScrollReset>
      <input type="hidden" name="thing" value={no} />
      <input type="hidden" name="back" value={pathIn(locale, back)} />
      <button className="button quiet small heart" name="act" value={liked ? "remove" : "add"} aria-pressed={pressed}>
        <span aria-hidden="true">{pressed ? "♥" : "♡"}</span> {pressed ? remove : add}
      </button>
    </Form>
  )
}

const SHAPE = "M12 20.300C5.500 15.300 3 12.300 3 8.900A4.900 4.900 0 0 1 12 6.200a4.900 4.900 0 0 1 9 2.700c0 3.400-2.500 6.400-9 11.400z"

/** The heart on a tile: with a script it fills at once and the page stays; without one it is a form that comes back here. */
export function TileHeart({ no, name }: { no: number; name: string }) {
  const { locale, likes, words } = useRoot()
  const fetcher = useFetcher()
  const { pathname, search } = useLocation()
  const liked = fetcher.formData ? fetcher.formData.get("act") === "add" : likes.includes(no)
  const action = pathIn(locale, "/favorites")
  const act = liked ? "remove" : "add"
  const press = (event: FormEvent) => {
    event.preventDefault()
    void fetcher.submit({ thing: no, act, stay: "1" }, { method: "post", action })
  }
  return (
    <fetcher.Form method="post" action={action} className="tile-heart" onSubmit={press}>
      <input type="hidden" name="thing" value={no} />
      <input type="hidden" name="back" value={pathname + search} />
      <button name="act" value={act} aria-pressed={liked} aria-label={`${words.like}: ${name}`}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d={SHAPE} />
        </svg>
      </button>
    </fetcher.Form>
  )
}
