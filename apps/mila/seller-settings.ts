import type { Seller } from "@mila/web"
import { text } from "./setting-kinds.ts"

/** What the page of an internet shop must say of its seller (Law 128-З of 08.01.2014 and the rules of retail trade, СМ 22.07.2014 № 703). */
export const SELLER_SETTINGS = {
  sellerNumber: text({
    name: "MILA_SELLER_UNP",
    meaning: "The seller's number of a payer (УНП), in the footer of every page",
    unit: "nine digits",
    form: /^\d{9}$/,
    saying: "is nine digits",
    otherwise: null,
  }),
  sellerRegistered: text({
    name: "MILA_SELLER_REGISTERED",
    meaning: "Who registered the seller, and when: «Зарегистрировано Минским горисполкомом 01.02.2003»",
    otherwise: null,
  }),
  sellerRegister: text({
    name: "MILA_SELLER_REGISTER",
    meaning: "Number and date of the shop in the Trade Register of Belarus: «№ 123456 от 01.02.2003»",
    otherwise: null,
  }),
  sellerHours: text({ name: "MILA_SELLER_HOURS", meaning: "When the internet shop answers: «ежедневно 9:00–21:00»", otherwise: null }),
  sellerPhone: text({
    name: "MILA_SELLER_PHONE",
    meaning: "Phone of the internet shop",
    unit: "phone",
    form: /^\+?[\d ()-]{3,30}$/,
    saying: "is a phone: digits, spaces, + ( ) -",
    otherwise: null,
  }),
  sellerEmail: text({
    name: "MILA_SELLER_EMAIL",
    meaning: "Where buyers write",
    unit: "address",
    form: /^[^\s@]+@[^\s@]+$/,
    saying: "is an e-mail address",
    otherwise: null,
  }),
  sellerComplaints: text({
    name: "MILA_SELLER_COMPLAINTS",
    meaning: "Who hears buyers' complaints, with a phone: the seller's person and the local authority's",
    otherwise: null,
  }),
}

export type SellerSettings = { operatorName: string; operatorAddress: string } & Partial<
  Record<keyof typeof SELLER_SETTINGS, string | null>
>

// a made-up chain has a made-up seller: no such number, no such phone
const MADE_UP: Record<keyof typeof SELLER_SETTINGS, string> = {
  sellerNumber: "000000000",
  sellerRegistered: "Зарегистрировано Минским горисполкомом 01.01.2000 (пример)",
  sellerRegister: "№ 000000 от 01.01.2020 (пример)",
  sellerHours: "ежедневно 9:00–21:00",
  sellerPhone: "+375 17 000-00-00",
  sellerEmail: "shop@example.by",
  sellerComplaints:
    "директор по работе с покупателями, +375 17 000-00-01; отдел торговли и услуг администрации района, +375 17 000-00-02 (пример)",
}

/** The seller of the settings; a demo's is made up where nothing is set. */
export function sellerOf(settings: SellerSettings, isDemo: boolean): Seller {
  const said = (name: keyof typeof SELLER_SETTINGS): string | null => settings[name] ?? (isDemo ? MADE_UP[name] : null)
  return {
    ...{ name: settings.operatorName, address: settings.operatorAddress },
    ...{ number: said("sellerNumber"), registered: said("sellerRegistered"), register: said("sellerRegister") },
    ...{ hours: said("sellerHours"), phone: said("sellerPhone"), email: said("sellerEmail"), complaints: said("sellerComplaints") },
  }
}

/** The names of settings a real shop may not open without; empty on a demo. */
export const unsaidOfSeller = (settings: SellerSettings, isDemo: boolean): string[] =>
  isDemo
    ? []
    : (Object.keys(SELLER_SETTINGS) as (keyof typeof SELLER_SETTINGS)[])
        .filter((name) => !settings[name])
        .map((name) => SELLER_SETTINGS[name].name)
