import { createContext } from "react"

/** What the loaders answered, as the framework writes it for the browser; known while a page is made and nowhere else. */
export const Handed = createContext<string | undefined>(undefined)
