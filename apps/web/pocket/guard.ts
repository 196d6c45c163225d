import { looksLikeBankCard } from "../pages/parts/bank-card-guard.ts"

/** A bank card number is wiped as it is typed, here as on every page; what is typed without a network is told later. */
export function guardFields(): void {
  addEventListener(
    "input",
    ({ target }) => {
      if (target instanceof HTMLInputElement && looksLikeBankCard(target.value)) target.value = ""
    },
    true,
  )
}
