import type { NewShop } from "./open-shop.ts"

let made = 0

/** A shop in Minsk with a code of its own; say only what matters. */
export function aShop(wishes: Partial<NewShop> = {}): NewShop {
  made += 1
  return {
    code: `test-${made}`,
    name: { ru: "Мила, проспект", be: "Міла, праспект", en: "Mila, the avenue" },
    city: { ru: "Минск", be: "Мінск", en: "Minsk" },
    address: { ru: "пр-т Независимости, 12", be: "пр-т Незалежнасці, 12", en: "12 Niezaležnasci Ave." },
    latitude: 53.9,
    longitude: 27.56,
    ...wishes,
  }
}
