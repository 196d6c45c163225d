import type { Proof } from "@mila/kernel"

/** What the outbox can prove: nothing waits longer than a quarter of an hour after the hour it may go, by the database's clock. */
export const proof: Proof = {
  invariants: [
    {
      invariant: "I11",
      saying: "no message waits longer than a quarter of an hour to be carried, unless it is put off to an hour when it may go",
      query: `select 'message ' || id from messages.outbox where state = 'queued' and written_at < now() - interval '15 minutes'
                and (next_at < now() - interval '15 minutes' or tries > 5)`,
    },
    {
      invariant: "I11",
      saying: "each message was settled once, or waits",
      query: `select 'message ' || id from messages.outbox where $1 = 0 and (state = 'queued') <> (settled_at is null)`,
    },
  ],
  figures: [`select count(*) messages, count(*) filter (where state = 'queued') "messages that wait" from messages.outbox`],
}
