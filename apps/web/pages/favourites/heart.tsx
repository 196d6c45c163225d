import { Form, useNavigation } from "react-router"
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
