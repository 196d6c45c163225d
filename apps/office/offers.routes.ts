import { z } from "@hono/zod-openapi"
import { advertise } from "@mila/membership"
import { declare, type Office } from "./declare.ts"
import { id, text } from "./schemas.ts"

const MOST_MEMBERS = 1_000

/** Advertising. Whom it may reach is decided by what people agreed to, never by the list that comes here. */
export function declareOffers(office: Office): void {
  declare(office, {
    ...{ method: "post", path: "/offers", permission: "offers.send", tag: "Messages", status: 201, needsKey: true },
    summary:
      "Send an offer to these members by every channel each agreed to. Who did not agree gets nothing; consent, STOP, quiet hours and the " +
      "week's limit are asked again at the moment of sending. The text fits one SMS",
    body: z.strictObject({ memberIds: z.array(id).min(1).max(MOST_MEMBERS), text: text(500) }),
    answer: z.object({ queued: z.number().openapi({ description: "Messages that wait to be sent." }) }),
    async act({ tx, at, body: { memberIds, text: says }, context: { publicUrl }, note }) {
      const offered = await advertise(tx, { memberIds: [...new Set(memberIds)], text: says, publicUrl, at })
      await note("offer.send", "offers", { members: memberIds.length, ...offered })
      return offered
    },
  })
}
