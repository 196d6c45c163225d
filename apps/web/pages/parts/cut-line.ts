import { useEffect, useState } from "react"

/**
 * Whether something was to be sent while there was no network: it is not, so that nobody loses what they wrote, and they are told until the network is back. Questions by address
 * (`get`) go on: the phone answers some of them itself.
 */
export function useCutLine(): boolean {
  const [isCut, setCut] = useState(false)
  useEffect(() => {
    const stop = (event: Event): void => {
      const isSent = event instanceof SubmitEvent && event.target instanceof HTMLFormElement && event.target.method === "post"
      if (!isSent || navigator.onLine) return
      event.preventDefault()
      event.stopPropagation()
      setCut(true)
    }
    const back = () => setCut(false)
    addEventListener("submit", stop, true)
    addEventListener("online", back)
    return () => {
      removeEventListener("submit", stop, true)
      removeEventListener("online", back)
    }
  }, [])
  return isCut
}
