import type { ComponentProps } from "react"
import { Link, NavLink } from "react-router"
import { pathIn } from "./address.ts"
import { useRoot } from "./root-data.ts"

/** A link to a page of ours in the language that is being read. On the server it is what it becomes: a list holds a hundred, and the router would weigh each. */
export function To({
  to,
  preventScrollReset = false,
  ...rest
}: Omit<ComponentProps<"a">, "href"> & { to: string; preventScrollReset?: boolean }) {
  const href = pathIn(useRoot().locale, to)
  return import.meta.env.SSR ? <a {...rest} href={href} /> : <Link {...{ to: href, preventScrollReset }} {...rest} />
}

/** The same, saying that one is there already. */
export function NavTo({ to, ...rest }: Omit<ComponentProps<typeof NavLink>, "to"> & { to: string }) {
  return <NavLink to={pathIn(useRoot().locale, to)} {...rest} />
}
