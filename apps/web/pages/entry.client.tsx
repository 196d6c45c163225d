import { startTransition } from "react"
import { hydrateRoot } from "react-dom/client"
import { HydratedRouter } from "react-router/dom"

document.dispatchEvent(new Event("hydrating")) // what is pressed from now on, React hears (`parts/come-alive.ts`)
startTransition(() => {
  hydrateRoot(document, <HydratedRouter />)
})
