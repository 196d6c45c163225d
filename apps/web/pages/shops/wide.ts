import { useEffect, useState } from "react"

const WIDE = "(min-width: 56rem)"

/** Whether there is room for a map beside the list. False until a browser has said so. */
export function useWide(): boolean {
  const [isWide, setWide] = useState(false)
  useEffect(() => {
    const asked = matchMedia(WIDE)
    const look = () => setWide(asked.matches)
    look()
    asked.addEventListener("change", look)
    return () => asked.removeEventListener("change", look)
  }, [])
  return isWide
}
