import { type Locale, tablesOf } from "@mila/kernel"
import type { Generated } from "kysely"
import type { DeliveryState } from "./gateways/gateway.ts"
import type { AllowedBy, Channel } from "./outbox.ts"

type MessageTables = {
  outbox: {
    id: Generated<number>
    member_id: number | null
    channel: Channel
    recipient: Buffer | null
    reached_by: Buffer | null
    template: string
    params: Buffer | null
    locale: Locale
    state: Generated<"queued" | "sent" | "failed">
    queued_at: Date
    settled_at: Date | null
    tries: Generated<number>
    next_at: Generated<Date>
    gateway: string | null
    gateway_id: string | null
    why: string | null
    delivery: DeliveryState | null
    delivery_at: Date | null
    ask_at: Date | null
    allowed_by: AllowedBy | null
    forget_at: Date | null
  }
}

export const messages = tablesOf<MessageTables>("messages")
