import type { Locale } from "@mila/kernel"
import type { Letter } from "./gateways/gateway.ts"

type CodeMessage = { memberId: number | null; channel: "sms" | "email"; to: string; params: { code: string }; locale: Locale; at: Date }

/** A confirmation code by SMS in Russian; say only what matters. */
export function aMessage(wishes: Partial<CodeMessage> = {}): CodeMessage & { template: "confirmation_code" } {
  return {
    ...{
      memberId: null,
      channel: "sms",
      to: "+375290000001",
      params: { code: "123456" },
      locale: "ru",
      at: new Date("2026-11-23T09:00:00Z"),
    },
    ...wishes,
    template: "confirmation_code",
  }
}

/** A letter as a gateway is given it: to nobody, about nothing, in Russian. */
export const aLetter = (): Letter => ({
  ...{ to: "", subject: null, text: "", urgent: false, locale: "ru" },
  ...{ opens: "/my", tag: "welcome", unsubscribe: null },
})
