import type { Proof } from "@mila/kernel"

/** What the outbox can prove: nothing waits longer than a quarter of an hour, by the database's clock. */
export const proof: Proof = {
  invariants: [
    {
      invariant: "I11",
      saying: "no message waits longer than a quarter of an hour to be carried",
      query: `select 'message ' || id from messages.outbox where state = 'queued' and written_at < now() - interval '15 minutes'`,
    },
    {
      invariant: "I11",
      saying: "each message was settled once, or waits",
      query: `select 'message ' || id from messages.outbox where $1 = 0 and (state = 'queued') <> (settled_at is null)`,
    },
  ],
  figures: [`select count(*) messages, count(*) filter (where state = 'queued') "messages that wait" from messages.outbox`],
}
