import { useEffect, useState } from "react"
import { looksLikeBankCard } from "./bank-card-guard.ts"
import { useRoot } from "./root-data.ts"

/**
 * A bank card number leaves no browser: whatever field it is typed, pasted or filled into, it is wiped at once and the person is told. A field that has a word of
 * its own for it says so (`data-guards`). Without script the server refuses it, and says the same.
 */
export function BankCardGuard() {
  const { bankCard, bankCardSays } = useRoot()
  const [wiped, setWiped] = useState(false)
  useEffect(() => {
    const look = ({ target }: Event): void => {
      if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) || "guards" in target.dataset) return
      const isBankCard = looksLikeBankCard(target.value)
      if (isBankCard) wipe(target)
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

/** Past React's own setter, so that React sees a change and forgets it too: this listens at the window, on the way down, before React does. */
function wipe(field: HTMLInputElement | HTMLTextAreaElement): void {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field) as object, "value")?.set?.call(field, "")
}
