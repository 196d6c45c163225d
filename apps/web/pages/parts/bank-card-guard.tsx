import { useEffect, useState } from "react"
import { looksLikeBankCard } from "./bank-card-guard.ts"
import { useRoot } from "./root-data.ts"

/** What a УИ is made of, while it is typed: 24 of them make one, sixteen digits alone none. */
const UID_SIGNS = /^[\dA-F\s]*$/i

/**
 * A bank card number leaves no browser: whatever field it is typed, pasted or filled into, it is wiped at once and the person is told. A field that has a word of
 * its own for it says so (`data-guards`). A receipt's УИ (`data-uid`) may begin with such digits: typed sign by sign it is judged when it is left. Without script the server refuses it, and says the same.
 */
export function BankCardGuard() {
  const { bankCard, bankCardSays } = useRoot()
  const [wiped, setWiped] = useState(false)
  useEffect(() => {
    const look = (event: Event): void => {
      const { type, target } = event
      if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) || "guards" in target.dataset) return
      const isUid = "uid" in target.dataset && UID_SIGNS.test(target.value)
      const value = isUid ? target.value.replaceAll(/\s/g, "") : target.value // in groups it would look like a card's
      if (isUid && type === "change") put(target, value)
      const isBankCard = !(isUid && isTyping(event)) && looksLikeBankCard(value)
      if (isBankCard) put(target, "")
      setWiped((before) => isBankCard || (before && target.value === ""))
    }
    for (const event of ["input", "change"]) addEventListener(event, look, true)
    return () => {
      for (const event of ["input", "change"]) removeEventListener(event, look, true)
    }
  }, [])
  return bankCard || wiped ? (
    <p className="alert page narrow" role="alert">
      {bankCardSays}
    </p>
  ) : null
}

/** Whether a sign more or less was typed, and nothing came whole: pasted, dropped, filled in. */
const isTyping = (event: Event): boolean =>
  event instanceof InputEvent && (/^delete|^insertComposition/.test(event.inputType) || event.data?.length === 1)

/** Past React's own setter, so that React sees a change and forgets it too: this listens at the window, on the way down, before React does. */
function put(field: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field) as object, "value")?.set?.call(field, value)
}
