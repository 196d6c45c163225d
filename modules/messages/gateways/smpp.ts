import type { Gateway, Said } from "./gateway.ts"
import { keepLink, type LinkPace } from "./smpp/link.ts"
import { phoneAddress, senderAddress, submitBody, submittedId } from "./smpp/pdu.ts"
import { SmscAway } from "./smpp/session.ts"
import { isRefusal, OK, statusName } from "./smpp/statuses.ts"
import { partsOf } from "./smpp/text.ts"

const PACE: LinkPace = { patienceMs: 10_000, enquireMs: 30_000, pauseMs: 5_000, idleMs: 30_000 }

/**
 * An operator's SMSC by SMPP 3.4, spoken by ourselves: one session, bound as a transceiver. `url` is smpp://host:port, or smpps:// by TLS; `sender` a
 * registered name of at most 11 characters or a number, null for the SMSC's own. A text goes in GSM 03.38 where it fits, else in UCS-2, and what is longer
 * than one SMS in parts; the message is called what its last part is, whose delivery is reported. A number or a length the SMSC will not have is final;
 * throttling, a full queue, a refused bind and silence may be otherwise later. Reports, and what people write to our number, come by themselves once somebody listens.
 */
export function smpp({
  sender,
  pace = {},
  ...account
}: {
  url: string
  systemId: string
  password: string
  sender: string | null
  pace?: Partial<LinkPace>
}): Gateway {
  const link = keepLink(account, { ...PACE, ...pace })
  const from = senderAddress(sender)
  let reference = 0

  return {
    ...{ name: "smpp", channel: "sms", close: link.close },
    listen: (hear, read = () => Promise.resolve()) => link.listen((came) => ("report" in came ? hear(came.report) : read(came.written))),
    async send({ to, text, urgent }): Promise<Said> {
      const parts = partsOf(text, { reference: (reference = (reference + 1) % 256) })
      if (!parts) return { said: "refused", why: "the text is too long" }
      try {
        const session = await link.session()
        let id = ""
        for (const part of parts) {
          const { status, body } = await session.submit(
            submitBody({ from, to: phoneAddress(to), part, urgent, isReported: part === parts.at(-1) }),
          )
          if (status !== OK) return { said: isRefusal(status) ? "refused" : "away", why: statusName(status) }
          id = submittedId(body)
        }
        return { said: "taken", id: id || "nameless" }
      } catch (error) {
        return { said: "away", why: error instanceof SmscAway ? error.message : "no answer" }
      }
    },
  }
}
