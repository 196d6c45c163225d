import { redirect } from "react-router"
import { formText } from "./form-text.ts"
import { type Loading, visitOf } from "../visit-context.ts"
import { pathIn, safeNext } from "./address.ts"

/** Large type, three big buttons, and back again: kept in this browser. */
export async function action(loading: Loading) {
  const { cookies, locale } = visitOf(loading)
  const form = await loading.request.formData()
  if (form.get("view") === "large") cookies.set("view", "large", { days: 400 })
  else cookies.forget("view")
  return redirect(safeNext(formText(form, "next"), locale))
}

export function loader(loading: Loading) {
  return redirect(pathIn(visitOf(loading).locale, "/my"))
}
