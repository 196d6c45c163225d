import { To } from "./link.tsx"
import { useRoot } from "./root-data.ts"

/** Where a page stands; the last one is the page itself. */
export function Crumbs({ crumbs }: { crumbs: readonly { name: string; to: string }[] }) {
  const { words } = useRoot()
  return (
    <nav className="crumbs" aria-label={words.crumbs}>
      <ol>
        {crumbs.slice(0, -1).map(({ name, to }) => (
          <li key={to}>
            <To to={to}>{name}</To>
          </li>
        ))}
      </ol>
    </nav>
  )
}
