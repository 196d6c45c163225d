import type { ComponentProps } from "react"
import { Link, NavLink } from "react-router"
import { pathIn } from "./address.ts"
import { useRoot } from "./root-data.ts"

/** A link to a page of ours in the language that is being read. */
export function To({ to, ...rest }: Omit<ComponentProps<typeof Link>, "to"> & { to: string }) {
  return <Link to={pathIn(useRoot().locale, to)} {...rest} />
}

/** The same, saying that one is there already. */
export function NavTo({ to, ...rest }: Omit<ComponentProps<typeof NavLink>, "to"> & { to: string }) {
  return <NavLink to={pathIn(useRoot().locale, to)} {...rest} />
}
