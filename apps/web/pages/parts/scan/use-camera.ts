import { useState } from "react"

/** Whether the camera looks, and that it was refused: then the same button asks for it again instead of stopping what never began. */
export function useCamera() {
  const [state, setState] = useState<"off" | "on" | "refused">("off")
  const [attempt, setAttempt] = useState(0)
  return {
    isShown: state !== "off",
    isOn: state === "on",
    attempt,
    press() {
      setState(state === "on" ? "off" : "on")
      setAttempt(attempt + 1)
    },
    stop: () => setState("off"),
    refuse: () => setState("refused"),
  }
}
