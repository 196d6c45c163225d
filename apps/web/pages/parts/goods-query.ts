/** How a list of goods is asked for in an address: the same names in links, forms and the API's own. */
export const SORTS = ["popular", "cheap", "dear", "new", "rating", "discount"] as const

export const ON_PAGE = 24

/** The address of the same list with one value of a facet chosen or not, from its first page on. */
export function toggled(params: URLSearchParams, name: string, value: string, chosen: boolean): string {
  const next = new URLSearchParams(params)
  next.delete("page")
  if (chosen) {
    const left = next.getAll(name).filter((other) => other !== value)
    next.delete(name)
    for (const other of left) next.append(name, other)
  } else next.append(name, value)
  return `?${next}`
}

/** The same list with nothing chosen. */
export const cleared = (text: string | undefined): string => (text === undefined ? "?" : `?q=${encodeURIComponent(text)}`)

/** The same list on another page. */
export function paged(params: URLSearchParams, page: number): string {
  const next = new URLSearchParams(params)
  if (page === 1) next.delete("page")
  else next.set("page", String(page))
  return `?${next}`
}
