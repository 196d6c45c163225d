/** A field of a form as text, cut where nobody writes on; a file, or nothing, is empty. */
export function formText(form: FormData, name: string, most = 300): string {
  const value = form.get(name)
  return typeof value === "string" ? value.slice(0, most) : ""
}
