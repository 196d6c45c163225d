import { createContext, useContext } from "react"
import type { RootData } from "../root.tsx"

export const RootContext = createContext<RootData | undefined>(undefined)

/** What every page knows: the language, the words of the frame, whether somebody is signed in. */
export function useRoot(): RootData {
  const root = useContext(RootContext)
  if (!root) throw new Error("a page stands within the root")
  return root
}
