import type { FormEvent } from "react"
import { useFetcher, useLocation } from "react-router"
import { pathIn } from "../parts/address.ts"
import { Wrong } from "../parts/field.tsx"
import { useRoot } from "../parts/root-data.ts"
import type { Answer } from "./page.server.ts"

/**
 * A heart that is full at once where there is a script, while the page stays; without one it is a form that comes back. Whoever presses it and goes on to
 * another page has pressed it all the same.
 */
function useHeart(no: number, isLiked: boolean) {
  const { locale } = useRoot()
  const fetcher = useFetcher<Answer>()
  const action = pathIn(locale, "/favorites")
  const liked = fetcher.formData ? fetcher.formData.get("act") === "add" : isLiked
  const act = liked ? "remove" : "add"
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void fetcher.submit({ thing: no, act, stay: "1" }, { method: "post", action })
  }
  const refused = fetcher.data && "refused" in fetcher.data ? fetcher.data.refused : undefined
  return { Form: fetcher.Form, form: { method: "post", action, onSubmit } as const, liked, act, refused }
}

type Props = { no: number; liked: boolean; back: string; add: string; remove: string }

/** The heart of a thing's own page, with its word. */
export function Heart({ no, liked: isLiked, back, add, remove }: Props) {
  const { locale } = useRoot()
  const { Form, form, liked, act, refused } = useHeart(no, isLiked)
  return (
    <Form {...form}>
      <input type="hidden" name="thing" value={no} />
      <input type="hidden" name="back" value={pathIn(locale, back)} />
      <button className="button quiet small heart" name="act" value={act} aria-pressed={liked}>
        <span aria-hidden="true">{liked ? "♥" : "♡"}</span> {liked ? remove : add}
      </button>
      <Wrong refused={refused} />
    </Form>
  )
}

const SHAPE = "M12 20.300C5.500 15.300 3 12.300 3 8.900A4.900 4.900 0 0 1 12 6.200a4.900 4.900 0 0 1 9 2.700c0 3.400-2.500 6.400-9 11.400z"

/** The heart on a tile. */
export function TileHeart({ no, name }: { no: number; name: string }) {
  const { likes, words } = useRoot()
  const { pathname, search } = useLocation()
  const { Form, form, liked, act } = useHeart(no, likes.includes(no))
  return (
    <Form {...form} className="tile-heart">
      <input type="hidden" name="thing" value={no} />
      <input type="hidden" name="back" value={pathname + search} />
      <button name="act" value={act} aria-pressed={liked} aria-label={`${words.like}: ${name}`}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d={SHAPE} />
        </svg>
      </button>
    </Form>
  )
}
